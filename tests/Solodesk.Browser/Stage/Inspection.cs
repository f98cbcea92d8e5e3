using System.Text.Json;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Has axe look at a page.</summary>
internal static class Inspection
{
    private const string Run = """
        async rules => JSON.stringify((await axe.run(document, { resultTypes: ['violations'], ...(rules.length ? { runOnly: rules } : {}) })).violations.map(v => ({
            rule: v.id, impact: v.impact, help: v.help,
            nodes: v.nodes.slice(0, 4).map(n => n.target.join(' ') + ': ' + n.html.slice(0, 160) + (n.any[0]?.data?.contrastRatio ? ' (' + n.any[0].data.contrastRatio + ')' : '')) })))
        """;

    private static string Axe => Path.Combine(PublishedServer.Repository(), "client", "node_modules", "axe-core", "axe.min.js");

    /// <summary>What is wrong with the page that is open, a line for each rule: of those named, or of all.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page, params IReadOnlyList<string> rules)
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed (npm ci in client).");
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.AddScriptTagAsync(new() { Path = Axe });
        }

        using var found = JsonDocument.Parse(await page.EvaluateAsync<string>(Run, rules));
        return [.. found.RootElement.EnumerateArray().Select(v =>
            $"{v.GetProperty("rule")} ({v.GetProperty("impact")}): {v.GetProperty("help")}\n      {string.Join("\n      ", v.GetProperty("nodes").EnumerateArray())}")];
    }

    /// <summary>Keeps a picture of what is open, where SOLODESK_SHOTS names a folder for somebody to look at; else nothing.</summary>
    public static async Task KeepAsync(IPage page, string name, Look look)
    {
        if (Environment.GetEnvironmentVariable("SOLODESK_SHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{look.Width}{(look.Dark ? "-dark" : "")}-{look.Language[..2]}.png") });
        }
    }

    /// <summary>How far a page can be pushed sideways, in pixels: nothing, on any screen.</summary>
    public static Task<int> OverhangAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
