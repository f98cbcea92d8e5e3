using System.Globalization;

namespace Solodesk.Ui;

/// <summary>The languages that the desk speaks, each by its own name.</summary>
public static class Languages
{
    public static IReadOnlyList<(string Value, string Label)> Options { get; } = [("zh-Hans", "中文"), ("en", "English")];

    /// <summary>Any language by its own name; a tag that says nothing to this machine as it stands.</summary>
    public static string NameOf(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    public static string Name(string? language) => Options.FirstOrDefault(o => o.Value == language).Label ?? "";
}
