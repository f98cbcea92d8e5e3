using System.Net;
using System.Text.Json;
using Solodesk.Agents;
using Solodesk.Tests.Channels.Email;

namespace Solodesk.Tests.Api;

/// <summary>What the founder does on the ledger, the channels, the agents, the tokens and in Today, done by a program.</summary>
public sealed class DeskApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_is_read_its_sources_fetched_and_a_mail_set_aside_is_filed_again()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.ReceiveAsync(Mails.Of());
        await desk.ReceiveAsync(Mails.Of(id: "<news@example.com>", headers: ["List-Id: <news.example.com>", "Precedence: list"]));
        var program = await desk.ProgramAsync(Scopes.MailWrite);

        var all = (await program.GetJsonAsync("/api/v1/mail")).GetProperty("items");
        Assert.Equal(["list", "created"], all.EnumerateArray().Select(m => m.Text("outcome")));
        var aside = (await program.GetJsonAsync("/api/v1/mail?outcome=list")).GetProperty("items").EnumerateArray().Single();
        Assert.True(aside.GetProperty("canRunAgain").GetBoolean());
        Assert.Equal("request.word_unknown", await (await program.GetAsync(new Uri("/api/v1/mail?outcome=lost", UriKind.Relative), Ct)).ProblemAsync(422));

        var source = await program.GetAsync(new Uri($"/api/v1/mail/{aside.Text("id")}/source", UriKind.Relative), Ct);
        Assert.Equal("message/rfc822", source.Content.Headers.ContentType?.MediaType);
        Assert.Contains("List-Id: <news.example.com>", await source.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("mail.not_found", await (await program.GetAsync(new Uri($"/api/v1/mail/{Guid.NewGuid()}/source", UriKind.Relative), Ct)).ProblemAsync(404));

        var again = await (await program.PostAsync($"/api/v1/mail/{aside.Text("id")}/again", new { })).JsonAsync();
        Assert.Equal("created", again.Text("outcome"));
        Assert.Empty((await program.GetJsonAsync("/api/v1/mail?outcome=list")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_mailbox_is_connected_tried_changed_and_disconnected_and_the_log_knows()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync();
        // Nobody listens on these ports.
        object Body(bool anyway) => new { address = "help@example.com", password = "three quiet harbours", imapHost = "127.0.0.1", imapPort = 1, smtpHost = "127.0.0.1", smtpPort = 1, senderName = "Help", evenIfUnreachable = anyway };

        var refused = await program.PostAsync("/api/v1/mailboxes", Body(anyway: false));
        Assert.Equal("mailbox.unreachable", await refused.ProblemAsync(422));
        var tested = await (await program.PostAsync("/api/v1/mailboxes/test", Body(anyway: false))).JsonAsync();
        Assert.False(tested.GetProperty("ok").GetBoolean());
        Assert.NotEmpty(tested.GetProperty("imap").Text("words")!);

        var added = await program.PostAsync("/api/v1/mailboxes", Body(anyway: true));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var address = $"/api/v1/mailboxes/{(await added.JsonAsync()).Text("id")}";
        Assert.Equal(HttpStatusCode.OK, (await program.PatchAsync(address, new { senderName = "Help desk", active = false })).StatusCode);
        var listed = (await program.GetJsonAsync("/api/v1/mailboxes")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("Help desk", false), (listed.Text("senderName"), listed.GetProperty("active").GetBoolean()));
        Assert.False((await (await program.PostAsync($"{address}/test", new { })).JsonAsync()).GetProperty("ok").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync(new Uri(address, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal("mailbox.not_found", await (await program.PatchAsync(address, new { active = true })).ProblemAsync(404));

        var log = (await program.GetJsonAsync("/api/v1/audit")).GetProperty("items").EnumerateArray().Select(e => e.Text("action")).ToList();
        Assert.Equal(["mailbox.removed", "mailbox.changed", "mailbox.added"], log.Take(3));
    }

    [Fact]
    public async Task How_the_desk_behaves_by_mail_is_read_and_replaced()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.SettingsWrite);
        var known = await program.GetJsonAsync("/api/v1/settings/mail");
        Assert.True(known.GetProperty("acknowledge").GetBoolean());

        Assert.Equal("settings.out_of_range", await (await program.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/mail", new { automaticPerHour = -1 })).ProblemAsync(422));
        var saved = await (await program.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/mail", new { acknowledge = false, automaticPerHour = 2, acknowledgementTexts = new Dictionary<string, string> { ["en"] = "We have it, {name}." } })).JsonAsync();

        Assert.False(saved.GetProperty("acknowledge").GetBoolean());
        Assert.Equal(2, (await program.GetJsonAsync("/api/v1/settings/mail")).GetProperty("automaticPerHour").GetInt32());
    }

    [Theory]
    [InlineData("en", "Between 1 and 200")]
    [InlineData("zh-Hans", "在 1 到 200 之间")]
    public async Task What_is_taken_in_is_limited_by_a_form_that_says_what_is_wrong(string language, string why)
    {
        await using var desk = new DeskApp();
        using var client = desk.Desk(language);
        var browser = new FormBrowser(client);
        await browser.OpenAsync("/settings/channels");
        (string, string)[] rest = [("automaticPerHour", "5"), ("automaticPerDay", "13"), ("automaticPerTicket", "4")];

        await browser.PostAsync("/settings/channels/limits", [("maxFileMegabytes", "many"), ("maxMailBytes", "70"), .. rest]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains(why, browser.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"many\"", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/settings/channels/limits", [("maxFileMegabytes", "40"), ("maxMailBytes", "70"), .. rest]);

        var program = await desk.ProgramAsync(Scopes.SettingsWrite);
        Assert.Equal(40, (await program.GetJsonAsync("/api/v1/settings/files")).GetProperty("maxFileMegabytes").GetInt32());
        var mail = await program.GetJsonAsync("/api/v1/settings/mail");
        Assert.Equal((70 * 1024 * 1024, 5, 13, 4), (mail.GetProperty("maxMailBytes").GetInt32(), mail.GetProperty("automaticPerHour").GetInt32(), mail.GetProperty("automaticPerDay").GetInt32(), mail.GetProperty("automaticPerTicket").GetInt32()));
    }

    [Fact]
    public async Task People_and_tokens_are_made_and_ended_only_by_who_may_do_everything()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync();
        var settings = await desk.ProgramAsync(Scopes.SettingsWrite);

        foreach (var (address, body) in new (string, object)[] { ("/api/v1/agents", new { name = "许愿", email = "x@example.com", role = "owner" }), ("/api/v1/tokens", new { name = "more", scopes = new[] { "*" } }) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await settings.PostAsync(address, body)).StatusCode);
        }

        var invited = await program.PostAsync("/api/v1/agents", new { name = "许愿", email = "xuyuan@example.com", role = "agent", language = "en" });
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        var person = await invited.JsonAsync();
        Assert.StartsWith("/welcome?token=", person.Text("path"), StringComparison.Ordinal);
        var changed = await (await program.PatchAsync($"/api/v1/agents/{person.Text("id")}", new { role = "viewer", active = false })).JsonAsync();
        Assert.Equal(("viewer", false), (changed.Text("role"), changed.GetProperty("active").GetBoolean()));
        Assert.NotEqual(person.Text("path"), (await (await program.PostAsync($"/api/v1/agents/{person.Text("id")}/link", new { })).JsonAsync()).Text("path"));

        var made = await (await program.PostAsync("/api/v1/tokens", new { name = "reports", scopes = new[] { Scopes.TicketsRead } })).JsonAsync();
        using var reports = desk.Visitor();
        reports.DefaultRequestHeaders.Authorization = new("Bearer", made.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await reports.GetAsync(new Uri("/api/v1/tickets", UriKind.Relative), Ct)).StatusCode);
        Assert.DoesNotContain(made.Text("secret")!, (await program.GetJsonAsync("/api/v1/tokens")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync(new Uri($"/api/v1/tokens/{made.Text("id")}", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reports.GetAsync(new Uri("/api/v1/tickets", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task Today_says_what_to_do_first_and_why()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.TicketsWrite);
        foreach (var (subject, priority) in new[] { ("Plain", "normal"), ("Urgent", "urgent") })
        {
            await program.PostAsync("/api/v1/tickets", new { subject, body = "Help", priority, customer = new { email = $"{priority}@example.com" } });
        }

        var now = (await program.GetJsonAsync("/api/v1/today")).GetProperty("now");

        Assert.Equal(["Urgent", "Plain"], now.EnumerateArray().Select(t => t.Text("subject")));
        Assert.Contains(now[0].GetProperty("reasons").EnumerateArray(), r => r.Text("reason") == "priority");
    }
}
