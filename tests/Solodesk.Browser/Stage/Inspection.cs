using System.Text.Json;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Has axe look at a page.</summary>
internal static class Inspection
{
    private const string Run = """
        async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => ({
            rule: v.id, impact: v.impact, help: v.help,
            nodes: v.nodes.slice(0, 4).map(n => n.target.join(' ') + ': ' + n.html.slice(0, 160) + (n.any[0]?.data?.contrastRatio ? ' (' + n.any[0].data.contrastRatio + ')' : '')) })))
        """;

    private static string Axe => Path.Combine(PublishedServer.Repository(), "client", "node_modules", "axe-core", "axe.min.js");

    /// <summary>What is wrong with the page that is open, a line for each rule.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed (npm ci in client).");
        await page.AddScriptTagAsync(new() { Path = Axe });
        using var found = JsonDocument.Parse(await page.EvaluateAsync<string>(Run));
        return [.. found.RootElement.EnumerateArray().Select(v =>
            $"{v.GetProperty("rule")} ({v.GetProperty("impact")}): {v.GetProperty("help")}\n      {string.Join("\n      ", v.GetProperty("nodes").EnumerateArray())}")];
    }

    /// <summary>How far a page can be pushed sideways, in pixels: nothing, on any screen.</summary>
    public static Task<int> OverhangAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
