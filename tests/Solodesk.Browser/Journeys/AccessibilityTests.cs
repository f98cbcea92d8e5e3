using System.Text.Json;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>axe finds nothing on any page, in both themes and on both screens, and nothing hangs over the edge.</summary>
public sealed class AccessibilityTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440, false)]
    [InlineData("en-US", 390, true)]
    public async Task Every_page_can_be_used_by_everybody(string language, int width, bool dark)
    {
        var look = new Look(language, width) { Dark = dark, ForInspection = true };
        await using var post = await Theatre.NewPostOfficeAsync(FirstVisit.Mailbox);
        await using var desk = await theatre.NewDeskAsync();
        await using var founder = await theatre.NewVisitorAsync(desk, look);
        var page = await founder.NewPageAsync();
        var report = new PageReport(look);
        var visit = new FirstVisit(page, Hand.Of(page, keyboardOnly: false), post);

        await page.GotoAsync("/setup");
        await report.LookAsync(page, "setup-account");
        await visit.AccountAsync(leaveAtProtection: true);
        await report.LookAsync(page, "setup-protect");
        await visit.PassProtectionAsync();
        await report.LookAsync(page, "setup-business");
        await visit.BusinessAsync();
        await report.LookAsync(page, "setup-industry");
        await visit.IndustryAsync();
        await report.LookAsync(page, "setup-mailbox");
        await visit.MailboxAsync("not the password");
        await report.LookAsync(page, "setup-mailbox-refused");
        await visit.MailboxAsync(PostOffice.Password);
        await report.LookAsync(page, "setup-mailbox-connected");
        await visit.PassMailboxAsync();
        await report.LookAsync(page, "setup-promise");
        await visit.FinishAsync(atPromise: true);
        await report.LookAsync(page, "today-empty");
        await page.GotoAsync("/inbox");
        await report.LookAsync(page, "inbox-empty");

        var (number, customer, track) = await FillAsync(desk, post, language);
        foreach (var (name, address) in DeskPages(number, customer))
        {
            await report.LookAsync(page, name, address);
        }

        await page.GotoAsync("/settings/channels");
        await report.LookAsync(page, "channel", (await page.Locator("main a[href^='/settings/channels/']:not([href$='/new'])").First.GetAttributeAsync("href"))!);

        await using var stranger = await theatre.NewVisitorAsync(desk, look);
        var outside = await stranger.NewPageAsync();
        foreach (var (name, address) in new[] { ("signin", "/signin"), ("contact", "/contact"), ("track", track), ("sent", track.Replace("/track/", "/contact/sent/", StringComparison.Ordinal)), ("track-nothing", "/track/nothing-of-this-name") })
        {
            await report.LookAsync(outside, name, address);
        }

        report.IsClean();
    }

    private static IEnumerable<(string Name, string Address)> DeskPages(long number, string customer) =>
    [
        ("today", "/"), ("inbox", "/inbox"), ("conversation", $"/inbox/mine/{number}"), ("inbox-all", "/inbox/all"), ("search", "/inbox?q=export"), ("customers", "/customers"), ("customer", $"/customers/{customer}"),
        ("search-page", "/search?q=export"), ("views", "/views"), ("view", "/views/urgent"), ("view-new", "/views/new"), ("bulk-change", "/bulk/change"), ("bulk-answer", "/bulk/answer"),
        ("ledger", "/mail"), ("settings", "/settings"), ("channels", "/settings/channels"), ("channel-new", "/settings/channels/new"),
        ("business", "/settings/business"), ("promises", "/settings/promises"), ("agents", "/settings/agents"), ("fields", "/settings/fields"),
        ("categories", "/settings/categories"), ("sending", "/settings/sending"), ("macros", "/settings/macros"), ("macro-new", "/settings/macros/new"), ("signatures", "/settings/signatures"), ("print", $"/tickets/{number}/print"), ("templates", "/settings/templates"), ("template-new", "/settings/templates/new"), ("tokens", "/settings/tokens"),
        ("audit", "/settings/audit"), ("about", "/settings/about"), ("account", "/account"), ("two-step", "/account/two-step"), ("not-found", "/nothing-of-this-name"),
    ];

    /// <summary>Some tickets to look at: by mail, answered, noted, failed, and by the API.</summary>
    private static async Task<(long Number, string Customer, string Track)> FillAsync(DeskServer desk, PostOffice post, string language)
    {
        var letters = Letters.Of(language);
        using var program = await desk.ProgramAsync(Ct);
        await program.PostJsonAsync("/api/v1/mail/raw?mailbox=" + FirstVisit.Mailbox, letters.First(FirstVisit.Mailbox), "message/rfc822", Ct);
        foreach (var (subject, priority) in new[] { ("Export is slow", "high"), ("怎么合并两个笔记本？", "normal"), ("Invoice for last year", "urgent") })
        {
            await program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new
            {
                subject,
                body = $"{subject}\n\nPlease help, see https://example.com/notes.",
                customer = new { email = $"{priority}@customer.example", name = "Ada Byron" },
                priority,
                tags = new[] { "export", "billing" },
            }), "application/json", Ct);
        }

        var tickets = await program.GetJsonAsync("/api/v1/tickets?sort=number", Ct);
        var first = tickets.GetProperty("items").EnumerateArray().Single(t => t.GetProperty("subject").GetString() == letters.Subject);
        var id = first.GetProperty("id").GetString();
        await program.PostJsonAsync($"/api/v1/tickets/{id}/notes", """{"body":"Looked into the **log**: the disk was full."}""", "application/json", Ct);
        await program.PostJsonAsync($"/api/v1/tickets/{id}/replies", JsonSerializer.Serialize(new { body = letters.Answer, status = "open" }), "application/json", Ct);
        await post.InMailboxOfAsync(letters.Address, mail => mail.Text.Contains(letters.Answer, StringComparison.Ordinal), Ct);
        return (first.GetProperty("number").GetInt64(), first.GetProperty("customer").GetProperty("id").GetString()!, first.GetProperty("trackingPath").GetString()!);
    }
}
