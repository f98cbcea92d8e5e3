using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>A founder whose first visit is over, with everything a journey needs round them.</summary>
internal sealed class Founder : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public required PostOffice Post { get; init; }

    public required DeskServer Desk { get; init; }

    public required IBrowserContext Browser { get; init; }

    public required IPage Page { get; init; }

    public required Hand Hand { get; init; }

    public required HttpClient Program { get; init; }

    public required Look Look { get; init; }

    public bool Touch => Look.Touch;

    /// <summary>Somebody whose first visit is over, on a desk and with mailboxes that hold nothing else; after an answer they read on where they are, or go on to the next ticket.</summary>
    /// <param name="theatre">Where it is played.</param>
    /// <param name="look">What they look at it with.</param>
    /// <param name="goesOn">Whether the next ticket comes after an answer.</param>
    /// <param name="more">What the server is told beside its address.</param>
    public static async Task<Founder> AtWorkAsync(Theatre theatre, Look look, bool goesOn = false, params IReadOnlyList<string> more)
    {
        var prepared = await theatre.PreparedAsync(look.Language, goesOn);
        prepared.Post.Empty();
        var desk = await theatre.NewDeskAsync(prepared, more);
        var browser = await theatre.NewVisitorAsync(desk, look, prepared.SignedIn);
        await browser.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/");
        return new() { Post = prepared.Post, Desk = desk, Browser = browser, Page = page, Hand = Hand.Of(page, look), Program = desk.Program(prepared.Token), Look = look };
    }

    /// <summary>A mail of 苏晴's comes in.</summary>
    /// <returns>The number of the ticket it is in.</returns>
    public async Task<long> ReceiveAsync(string subject, string text, string? copy = null)
    {
        var mail = $"""
            From: 苏晴 <suqing@customer.example>
            To: <{FirstVisit.Mailbox}>{(copy is null ? "" : $"\nCc: <{copy}>")}
            Subject: {subject}
            Date: Fri, 20 Nov 2026 09:12:00 +0800
            Message-ID: <{Guid.NewGuid():N}@customer.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {text}
            """;
        return (await Program.PostJsonAsync("/api/v1/mail/raw?mailbox=" + FirstVisit.Mailbox, mail, "message/rfc822", Ct)).GetProperty("ticket").GetProperty("number").GetInt64();
    }

    /// <summary>A request comes in by another way than mail.</summary>
    public async Task<long> OpenAsync(string subject, string email = "suqing@customer.example", string name = "苏晴")
        => (await Program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new { subject, body = $"{subject}：能帮我看看吗？", customer = new { email, name } }), "application/json", Ct))
            .GetProperty("ticket").GetProperty("number").GetInt64();

    /// <summary>A step is done: nothing hangs over the edge, and it may be looked at.</summary>
    public async Task LookAsync(string step)
    {
        Assert.True(await Inspection.OverhangAsync(Page) <= 0, $"{step} hangs over the edge: {Page.Url}");
        await Inspection.KeepAsync(Page, step, Look);
    }

    /// <summary>So long an answer waits before it leaves.</summary>
    public async Task WaitBeforeSendingAsync(int seconds)
    {
        using var saved = await Program.PutAsync(new Uri("/api/v1/settings/sending", UriKind.Relative), JsonContent.Create(new { undoSeconds = seconds, morningHour = 9 }), Ct);
        saved.EnsureSuccessStatusCode();
    }

    /// <summary>Changes a ticket from outside the browser.</summary>
    public async Task ChangeAsync(long number, object change)
    {
        using var changed = await Program.PatchAsync(new Uri($"/api/v1/tickets/{number}", UriKind.Relative), JsonContent.Create(change), Ct);
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Everything that is known of a ticket, but for the count of its changes and the time of the last.</summary>
    public async Task<string> StateAsync(long number)
    {
        var ticket = JsonNode.Parse((await Program.GetJsonAsync($"/api/v1/tickets/{number}", Ct)).GetRawText())!.AsObject();
        ticket.Remove("version");
        ticket.Remove("updatedAt");
        return ticket.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await Browser.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
