namespace Solodesk.Ui.Settings;

/// <summary>The groups of the settings' navigation, in order.</summary>
public enum SettingsGroup { Desk, System }

/// <summary>Puts a page into the navigation of the settings: its address is the page's own, its title the phrase <paramref name="title"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsPageAttribute(string title, string icon, SettingsGroup group, int order) : Attribute
{
    public string Title { get; } = title;
    public string Icon { get; } = icon;
    public SettingsGroup Group { get; } = group;
    public int Order { get; } = order;
}
