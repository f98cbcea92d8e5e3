using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Chat;

/// <summary>The two ends of a chat in two browsers.</summary>
internal static class ChatStage
{
    /// <summary>The limits of one visitor are for people; a test types faster.</summary>
    public static readonly string[] NoLimits = ["--Chat:Burst", "1000000", "--Chat:MessagesPerMinute", "60000000"];

    public static ILocator Launcher(IPage page) => page.Locator("#solodesk .launch");

    public static ILocator Panel(IPage page) => page.Locator("#solodesk .wg");

    public static ILocator Field(IPage page) => page.Locator("#solodesk .wg footer textarea");

    public static async Task OpenAsync(IPage page)
    {
        await Launcher(page).ClickAsync();
        await Assertions.Expect(Panel(page)).ToBeVisibleAsync();
    }

    public static async Task SayAsync(IPage page, string text)
    {
        await Field(page).FillAsync(text);
        await Field(page).PressAsync("Enter");
    }

    /// <summary>The words of the lines as the visitor sees them, top to bottom; what is still on its way is not among them.</summary>
    public static async Task<IReadOnlyList<string>> SeenByVisitorAsync(IPage page)
        => await page.EvaluateAsync<string[]>("""
            () => [...document.getElementById('solodesk').shadowRoot.querySelectorAll('.talk .bub:not(.wait)')].map(b => { const c = b.cloneNode(true); c.querySelectorAll('.sr').forEach(s => s.remove()); return c.textContent.trim(); })
            """);

    /// <summary>What is on record for the desk, in its order.</summary>
    public static async Task<IReadOnlyList<string>> OnRecordAsync(HttpClient program, long ticket, CancellationToken ct)
    {
        var bodies = new List<string>();
        var cursor = "";
        do
        {
            var page = await program.GetJsonAsync($"/api/v1/tickets/{ticket.ToString(CultureInfo.InvariantCulture)}/messages?limit=100{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")}", ct);
            bodies.AddRange(page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("body").GetString()!));
            cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString()! : "";
        }
        while (cursor.Length > 0);
        return bodies;
    }

    public static async Task<long> OnlyTicketAsync(HttpClient program, CancellationToken ct)
        => (await program.GetJsonAsync("/api/v1/tickets", ct)).GetProperty("items").EnumerateArray().Single().GetProperty("number").GetInt64();
}
