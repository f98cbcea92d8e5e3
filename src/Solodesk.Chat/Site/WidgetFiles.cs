using System.Security.Cryptography;

namespace Solodesk.Chat.Site;

/// <summary>The two scripts of the widget, embedded: the small one that every page loads, and the rest under a name of its content.</summary>
internal sealed class WidgetFiles
{
    public WidgetFiles()
    {
        var panel = Read("panel.js");
        PanelName = Convert.ToHexStringLower(SHA256.HashData(panel))[..16];
        Panel = panel;
        Loader = Read("widget.js");
        LoaderTag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Loader))[..16]}\"";
    }

    public byte[] Loader { get; }

    public string LoaderTag { get; }

    public byte[] Panel { get; }

    /// <summary>Changes with the content, so that it can be kept for ever.</summary>
    public string PanelName { get; }

    private static byte[] Read(string name)
    {
        using var stream = typeof(WidgetFiles).Assembly.GetManifestResourceStream($"Widget/{name}") ?? throw new InvalidOperationException($"{name} was not built in");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
