using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Solodesk.Agents;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Mail.Reading;
using Solodesk.Tests.Api;

namespace Solodesk.Tests.Channels.Email;

/// <summary>The channel from outside: the pipe, the ledger, the settings, the command line.</summary>
public sealed class MailApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_raw_mail_is_filed_and_the_answer_says_where()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.MailWrite);

        var created = await HandInAsync(program, Mails.Of());
        var appended = await HandInAsync(program, Mails.Of(body: "还有一点", id: "<2@example.com>", headers: "In-Reply-To: <first@example.com>"), "nobody@nowhere.example");
        var again = await HandInAsync(program, Mails.Of());

        Assert.Equal(["outcome", "ticket", "message", "would_auto_reply"], created.EnumerateObject().Select(p => p.Name));
        Assert.Equal("created", created.GetProperty("outcome").GetString());
        Assert.True(created.GetProperty("would_auto_reply").GetBoolean());
        Assert.Equal("appended", appended.GetProperty("outcome").GetString());
        Assert.Equal(created.GetProperty("ticket").GetProperty("number").GetInt64(), appended.GetProperty("ticket").GetProperty("number").GetInt64());
        Assert.Equal("duplicate", again.GetProperty("outcome").GetString());
        Assert.Equal(created.GetProperty("message").GetProperty("id").GetString(), again.GetProperty("message").GetProperty("id").GetString());
        Assert.False(again.GetProperty("would_auto_reply").GetBoolean());
    }

    [Fact]
    public async Task What_is_no_request_has_no_ticket()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.MailWrite);
        var list = await HandInAsync(program, Mails.Of(headers: "List-Id: <x.example.org>"));
        Assert.Equal("list", list.GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, list.GetProperty("ticket").ValueKind);
        Assert.Equal(JsonValueKind.Null, list.GetProperty("message").ValueKind);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\0\0\0\0")]
    [InlineData("From: \r\n\r\n")]
    [InlineData("Subject: =?utf-8?B?////?=\r\nContent-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n--\r\n")]
    public async Task Anything_that_comes_is_filed(string raw)
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.MailWrite);
        var filed = await HandInAsync(program, raw);
        Assert.False(filed.GetProperty("would_auto_reply").GetBoolean());
    }

    [Fact]
    public async Task Nothing_is_refused_in_words_and_strangers_stay_out()
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync(Scopes.MailWrite);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.PostAsync("/api/v1/mail/raw", Raw(""), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await desk.ProgramAsync(Scopes.TicketsWrite)).PostAsync("/api/v1/mail/raw", Raw(Mails.Of()), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.Visitor().PostAsync("/api/v1/mail/raw", Raw(Mails.Of()), Ct)).StatusCode);
        Assert.Equal(0, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task The_ledger_shows_every_mail_page_by_page_with_its_source()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Mails.Of(headers: "List-Id: <x.example.org>"));
        FiledMail? last = null;
        for (var i = 0; i < ListMail.PageSize + 5; i++)
        {
            last = await desk.ReceiveAsync(Mails.Of(subject: $"第{i}号", id: $"<{i}@example.com>", body: $"{i}"));
        }

        var list = desk.Get<ListMail>();
        var first = await list.RunAsync(new(null, null), Ct);
        var second = await list.RunAsync(new(null, first.Next), Ct);
        Assert.Equal(ListMail.PageSize + 6, first.Items.Concat(second.Items).Select(r => r.Id).Distinct().Count());
        Assert.Null(second.Next);
        Assert.Single((await list.RunAsync(new(MailOutcome.List, null), Ct)).Items);

        var page = await (await desk.Desk().GetAsync("/mail", Ct)).Content.ReadAsStringAsync(Ct);
        Assert.Contains($"第{ListMail.PageSize + 4}号", page, StringComparison.Ordinal);
        var english = await (await desk.Desk("en").GetAsync("/mail?outcome=List", Ct)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("Make a ticket", english, StringComparison.Ordinal);

        var source = await desk.Desk().GetAsync($"/mail/{last!.Id}/source", Ct);
        Assert.Equal("text/plain", source.Content.Headers.ContentType!.MediaType);
        Assert.Contains("From: 林晓棠", await source.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await desk.Visitor().GetAsync($"/mail/{last.Id}/source", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_channels_page_says_in_words_what_is_wrong()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync(change: m =>
        {
            m.ImapHost = "imap.example.com";
            m.Active = false;
        });
        await desk.AddMailboxAsync("sick@driftnote.app", m => (m.Problem, m.ProblemDetail, m.CheckedAt) = ("AppPasswordNeeded", "Login fail", m.CreatedAt));

        var page = await (await desk.Desk().GetAsync("/settings/channels", Ct)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("1 个要留意", page, StringComparison.Ordinal);
        Assert.Contains("要的是给邮件程序用的授权码", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        var form = await (await desk.Desk("en").GetAsync("/settings/channels/new", Ct)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("Test and connect", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@qq.com", "imap.qq.com", 465)]
    [InlineData("a@Foxmail.com", "imap.qq.com", 465)]
    [InlineData("a@163.com", "imap.163.com", 465)]
    [InlineData("a@outlook.com", "outlook.office365.com", 587)]
    [InlineData("a@icloud.com", "imap.mail.me.com", 587)]
    [InlineData("a@driftnote.app", "imap.driftnote.app", 465)]
    public void An_address_tells_its_servers(string address, string imap, int smtpPort)
    {
        var guessed = new TestMailbox.Request { Address = address }.Completed();
        Assert.Equal(imap, guessed.ImapHost);
        Assert.Equal(993, guessed.ImapPort);
        Assert.Equal(smtpPort, guessed.SmtpPort);
        Assert.Equal(smtpPort == 587 ? MailSecurity.StartTls : MailSecurity.Tls, guessed.SmtpSecurity);
    }

    [Fact]
    public void Mail_parse_tells_the_new_words_from_the_quoted_ones()
    {
        var raw = Mails.Of(body: "好的，谢谢\r\n\r\n在 2026-01-05 09:00，漂流笔记 <hi@driftnote.app> 写道：\r\n> 已经修好了");
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes(raw));
        using var json = JsonDocument.Parse(MailReport.ToJsonLine("a.eml", mail, LetterBodies.Reply));
        Assert.Equal("好的，谢谢", json.RootElement.GetProperty("reply").GetString());
        Assert.Equal("person", json.RootElement.GetProperty("kind").GetString());
    }

    private static async Task<JsonElement> HandInAsync(HttpClient program, string raw, string? mailbox = null)
    {
        var response = await program.PostAsync("/api/v1/mail/raw" + (mailbox is null ? "" : $"?mailbox={mailbox}"), Raw(raw), Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static ByteArrayContent Raw(string raw) => new(Encoding.UTF8.GetBytes(raw)) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
}
