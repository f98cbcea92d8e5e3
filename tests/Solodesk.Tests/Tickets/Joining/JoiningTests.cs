using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Tickets.Writing;
using Solodesk.Tickets;
using Solodesk.Tickets.Joining;

namespace Solodesk.Tests.Tickets.Joining;

public sealed class JoiningTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_to_a_merged_ticket_arrives_in_the_one_that_stayed()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var second = await desk.ReceiveAsync(Mails.Of(subject: "导出还是失败", id: "<second@example.com>"));

        Assert.True((await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(first.TicketId!.Value, [second.TicketId!.Value]), Ct)).Ok);
        var answer = await desk.ReceiveAsync(Mails.Of(id: "<third@example.com>", headers: "In-Reply-To: <second@example.com>"));

        Assert.Equal(first.TicketId, answer.TicketId);
        Assert.Equal(TicketQueue.Merged, (await desk.TicketAsync(second.TicketId)).Queue);
    }

    [Fact]
    public async Task A_waiting_ticket_comes_back_when_one_that_needs_us_is_merged_into_it()
    {
        await using var desk = new DeskApp();
        var first = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(first.Id, "在查", Internal: false), Ct);
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await ReplyToTicketTests.OpenAsync(desk);

        await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(first.Id, [second.Id]), Ct);

        var ticket = await desk.TicketAsync(first.Id);
        Assert.Equal((TicketQueue.Mine, TicketStatus.Open), (ticket.Queue, ticket.Status));
        Assert.Equal(second.FirstResponseDueAt, ticket.FirstResponseDueAt);
    }

    [Fact]
    public async Task Tickets_of_two_customers_are_not_merged_but_can_be_linked()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk);
        var other = await ReplyToTicketTests.OpenAsync(desk, email: "su@example.com", name: "苏慕");

        Assert.Equal("merge.customers", (await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(one.Id, [other.Id]), Ct)).Problem?.Code);
        var link = await desk.Get<LinkTickets>().RunAsync(desk.Founder, one.Id, other.Id, Ct);
        Assert.Equal("link.exists", (await desk.Get<LinkTickets>().RunAsync(desk.Founder, other.Id, one.Id, Ct)).Problem?.Code);
        var around = await desk.Get<ReadRelations>().RunAsync(await desk.TicketAsync(other.Id), Ct);
        Assert.Equal(one.Number, Assert.Single(around.Linked).Number);
        await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, link.Value, Ct);
        Assert.Empty((await desk.Get<ReadRelations>().RunAsync(await desk.TicketAsync(other.Id), Ct)).Linked);
    }

    [Fact]
    public async Task After_thirty_days_a_merge_stays()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk);
        var other = await ReplyToTicketTests.OpenAsync(desk);
        var merged = await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(one.Id, [other.Id]), Ct);
        desk.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("regroup.late", (await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, merged.Value[0], Ct)).Problem?.Code);
    }

    [Fact]
    public async Task What_was_said_after_a_merge_stays_where_it_was_said_when_the_merge_is_undone()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk);
        var other = await ReplyToTicketTests.OpenAsync(desk);
        var merged = await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(one.Id, [other.Id]), Ct);
        await desk.WriteAsCustomerAsync(one.Id, "合并之后说的");

        Assert.True((await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, merged.Value[0], Ct)).Ok);

        Assert.Equal((2, 1), ((await desk.TicketAsync(one.Id)).MessageCount, (await desk.TicketAsync(other.Id)).MessageCount));
        Assert.Null((await desk.TicketAsync(other.Id)).MergedIntoId);
    }

    [Fact]
    public async Task A_later_regrouping_is_undone_before_an_earlier_one()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk);
        var other = await ReplyToTicketTests.OpenAsync(desk);
        var merged = await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(one.Id, [other.Id]), Ct);
        var split = await desk.Get<SplitMessage>().RunAsync(desk.Founder, new(other.MessageId), Ct);

        Assert.Equal("regroup.later", (await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, merged.Value[0], Ct)).Problem?.Code);
        Assert.True((await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, split.Value.Undo, Ct)).Ok);
        Assert.True((await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, merged.Value[0], Ct)).Ok);
        Assert.Equal("regroup.undone", (await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, merged.Value[0], Ct)).Problem?.Code);
    }

    [Theory]
    [InlineData("团队空间同步后，三篇读书笔记不见了", "Re: 同步后三篇读书笔记不见了", true)]
    [InlineData("Export to PDF fails", "PDF export fails again", true)]
    [InlineData("发票抬头写错了，能重开吗？", "怎么导出整个空间", false)]
    [InlineData("", "", false)]
    public void Subjects_are_taken_for_the_same_matter_when_they_share_enough(string one, string other, bool same)
        => Assert.Equal(same, ReadRelations.Likeness(one, other) >= ReadRelations.Alike);

    [Fact]
    public async Task A_like_ticket_of_the_same_customer_is_suggested_in_the_page()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk, "升级 Pro 时被扣了两次");
        var other = await ReplyToTicketTests.OpenAsync(desk, "Re: 升级 Pro 被扣了两次");
        await ReplyToTicketTests.OpenAsync(desk, "升级 Pro 时被扣了两次", "su@example.com");
        using var browser = desk.Desk();

        var page = await browser.GetStringAsync($"/inbox/mine/{one.Number}", Ct);

        Assert.Contains("可能是同一件事", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{other.Number}\"", page, StringComparison.Ordinal);
        desk.Clock.Advance(TimeSpan.FromDays(8));
        Assert.DoesNotContain("可能是同一件事", await browser.GetStringAsync($"/inbox/mine/{one.Number}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_blocked_reaches_only_the_spam_list_by_mail_and_form_until_it_is_taken_back()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());

        await desk.Get<JudgeSpam>().RunAsync(desk.Founder, new(first.TicketId!.Value, Spam: true, Block: true), Ct);
        var mail = await desk.ReceiveAsync(Mails.Of(id: "<again@example.com>", subject: "又来了"));
        var form = await desk.Get<OpenTicket>().RunAsync(Solodesk.Common.Actor.Customer(Guid.Empty, ""), new("表单", "又来了", "web") { CustomerEmail = Mails.Lin }, Ct);

        Assert.True((await desk.TicketAsync(mail.TicketId)).Spam);
        Assert.True((await desk.TicketAsync(form.Value.Id)).Spam);
        await desk.Get<JudgeSpam>().RunAsync(desk.Founder, new(first.TicketId.Value, Spam: false), Ct);
        Assert.Equal(TicketQueue.Mine, (await desk.TicketAsync(first.TicketId)).Queue);
        Assert.False(await desk.ReadAsync(db => db.Set<Customer>().AnyAsync(c => c.Blocked, Ct)));
    }

    [Fact]
    public async Task The_forms_of_the_page_do_all_of_it_without_scripts()
    {
        await using var desk = new DeskApp();
        var one = await ReplyToTicketTests.OpenAsync(desk);
        var other = await ReplyToTicketTests.OpenAsync(desk, "另一件");
        var browser = new WebBrowser(desk, language: "zh");
        browser.With(TestSignIn.Header, $"{desk.Founder.Id}|{Uri.EscapeDataString(desk.Founder.Name)}|{desk.Founder.Role}|zh-Hans");
        var here = $"/inbox/mine/{one.Number}";

        await browser.FillAsync(here, $"/inbox/{one.Number}/join", ("back", here), ("other", $"#{other.Number}"), ("do", "here"));
        Assert.Equal(here, browser.To);
        await browser.OpenAsync(here);
        Assert.Contains($"合并了工单 #{other.Number}", browser.Text, StringComparison.Ordinal);
        var at = browser.Text.IndexOf("/regrouping/", StringComparison.Ordinal);
        var undo = browser.Text[(at + 12)..(at + 48)];
        await browser.PostAsync($"/inbox/{one.Number}/regrouping/{undo}/undo", ("back", here));
        Assert.Null((await desk.TicketAsync(other.Id)).MergedIntoId);
        await browser.FillAsync(here, $"/inbox/{one.Number}/follow", ("back", here));
        Assert.Contains(desk.Founder.Id!.Value, (await desk.TicketAsync(one.Id)).FollowerIds);
        await browser.FillAsync(here, $"/inbox/{one.Number}/spam", ("back", here), ("do", "spam"));
        await browser.OpenAsync(here);
        Assert.Contains("不是垃圾邮件", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{one.Number}/spam", ("back", here), ("do", "ham"));
        Assert.False((await desk.TicketAsync(one.Id)).Spam);
        await browser.FillAsync(here, $"/inbox/{one.Number}/unread", ("back", here));
        Assert.Equal("/inbox/mine", browser.To);
        Assert.True((await desk.TicketAsync(one.Id)).Unread);
        await browser.OpenAsync(here);
        Assert.False((await desk.TicketAsync(one.Id)).Unread);
        await browser.OpenAsync($"/tickets/{one.Number}/print");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("今天 10 点就要用", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_holds_what_was_said_and_notes_only_when_asked_for()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of(body: "<b>点导出</b>没有反应。"));
        await desk.AnswerAsync(first.TicketId);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value, "内部查过", Internal: true), Ct);
        var transcript = desk.Get<Transcript>();

        Assert.DoesNotContain("内部查过", await transcript.TextAsync(first.TicketId.Value, notes: false, "zh", Ct), StringComparison.Ordinal);
        Assert.Contains("内部查过", await transcript.TextAsync(first.TicketId.Value, notes: true, "zh", Ct), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;点导出", await transcript.HtmlAsync(first.TicketId.Value, notes: false, "zh", Ct), StringComparison.Ordinal);
        using var browser = desk.Desk();
        var file = await browser.GetAsync($"/inbox/{first.TicketNumber}/transcript.html", Ct);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);

        var sent = await desk.Get<MailTranscript>().RunAsync(desk.Founder, first.TicketId.Value, ["boss@example.com"], "供参考", Ct);
        var mail = await ForwardTests.WrittenAsync(desk, sent.Value, mailbox);
        Assert.Contains("已经修好了", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("内部查过", mail.Text, StringComparison.Ordinal);
    }
}
