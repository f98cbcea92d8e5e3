using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>Every page of the product on a desk with a year behind it: axe finds nothing, nothing hangs over the edge, nothing fails to load.</summary>
public sealed partial class DemoPagesTests(Theatre theatre)
{
    /// <summary>Pages that a filled desk does not show, and who looks at them.</summary>
    private static readonly HashSet<string> Elsewhere =
    [
        "/setup/account", "/setup/protect", "/setup/business", "/setup/industry", "/setup/mailbox", "/setup/promise", "/signin", "/contact/sent/{Token}", // AccessibilityTests
        "/account/two-step", "/settings/channels/{Id:guid}", // AccessibilityTests: they need an account and a mailbox of their own
        "/signin/code", "/welcome", "/bulk/{Id:guid}", // Journeys pass through them
    ];

    /// <summary>A page with a part that varies: where a link to one of its kind is found.</summary>
    private static readonly Dictionary<string, (string From, string Link)> Linked = new()
    {
        ["/inbox/{ViewKey}"] = ("/inbox", "#nav-views a[href='/inbox/waiting']"),
        ["/inbox/{ViewKey}/{Number:long}"] = ("/inbox/mine", "#list .item a"),
        ["/views/{Key}"] = ("/views", "main a[href^='/views/']:not([href='/views/new'])"),
        ["/organizations/{Id:guid}"] = ("/organizations", "main tbody a[href^='/organizations/']"),
        ["/customers/{Id:guid}"] = ("/customers", "main tbody a[href^='/customers/']"),
        ["/followups/{Id:guid}"] = ("/followups", "form[action^='/followups/']:not([action='/followups/new'])"),
        ["/settings/macros/{Id:guid}"] = ("/settings/macros", "main a[href^='/settings/macros/']:not([href$='/new'])"),
        ["/settings/templates/{Id:guid}"] = ("/settings/templates", "main a[href^='/settings/templates/']:not([href$='/new'])"),
        ["/knowledge/{Number:long}"] = ("/knowledge", "a[href^='/knowledge/1'], a[href^='/knowledge/2']"),
        ["/knowledge/{Number:long}/versions"] = ("/knowledge/1", "a[href*='/versions?']"),
        ["/knowledge/bot/{Conversation:guid}"] = ("/knowledge/bot", "main a[href^='/knowledge/bot/']"),
        ["/tickets/{Number:long}/print"] = ("/inbox/mine", "#list .item a"),
        ["/track/{Token}"] = ("/inbox/mine", "#list .item a"),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440, false)]
    [InlineData("en-US", 390, true)]
    public async Task Every_page_of_a_filled_desk_is_whole(string language, int width, bool dark)
    {
        var look = new Look(language, width) { Dark = dark, ForInspection = true };
        await using var desk = await theatre.NewDeskAsync("--demo");
        await using var founder = await theatre.NewVisitorAsync(desk, look);
        var page = await founder.NewPageAsync();
        var report = new PageReport(look);
        page.PageError += (_, error) => report.Add($"{page.Url}: {error}");
        using var program = await desk.ProgramAsync(Ct);
        var tickets = await program.GetJsonAsync("/api/v1/tickets?sort=number", Ct);
        var ticket = tickets.GetProperty("items").EnumerateArray().First();

        foreach (var template in Templates().Where(t => !Elsewhere.Contains(t)).Order(StringComparer.Ordinal))
        {
            var address = template switch
            {
                "/track/{Token}" => ticket.GetProperty("trackingPath").GetString()!,
                "/tickets/{Number:long}/print" => $"/tickets/{ticket.GetProperty("number").GetInt64()}/print",
                _ when Linked.TryGetValue(template, out var link) => await FirstAsync(page, link.From, link.Link),
                _ => template,
            };
            if (address.StartsWith("/nothing-like", StringComparison.Ordinal))
            {
                report.Add($"{template}: {address}");
                continue;
            }

            await report.LookAsync(page, template.Trim('/').Replace('/', '-'), address);
        }

        foreach (var address in new[] { "/help", $"/help/{language[..2]}/search?q=sync", "/help/zh/articles/nothing-of-this-name" })
        {
            await report.LookAsync(page, address.Trim('/').Replace('/', '-').Replace('?', '-'), address);
        }

        report.IsClean();
    }

    [Fact]
    public void Every_page_is_looked_at_by_somebody()
    {
        var templates = Templates().ToHashSet();
        string[] unseen = [.. templates.Where(t => t.Contains('{') && !Elsewhere.Contains(t) && !Linked.ContainsKey(t))];
        string[] gone = [.. Elsewhere.Concat(Linked.Keys).Where(t => !templates.Contains(t))];
        Assert.True(unseen.Length + gone.Length == 0, $"nobody looks at: {string.Join(", ", unseen)}; no longer there: {string.Join(", ", gone)}");
    }

    private static async Task<string> FirstAsync(IPage page, string from, string link)
    {
        await page.GotoAsync(from);
        var first = page.Locator(link).First;
        return await first.CountAsync() == 0 ? $"/nothing-like-{link}-on-{from}" : await first.EvaluateAsync<string>("e => e.getAttribute('href') ?? e.getAttribute('action')");
    }

    /// <summary>The addresses that pages declare, read from their sources.</summary>
    private static IEnumerable<string> Templates()
        => Directory.EnumerateFiles(Path.Combine(PublishedServer.Repository(), "src"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Select(line => Declared().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct();

    [GeneratedRegex("^@page \"([^\"]+)\"$")]
    private static partial Regex Declared();
}
