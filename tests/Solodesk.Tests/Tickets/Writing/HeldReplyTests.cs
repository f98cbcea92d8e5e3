using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Writing;

public sealed class HeldReplyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_leaves_after_the_seconds_for_taking_it_back_and_not_before()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var id = await desk.HoldAsync(opened.Id);

        await desk.PassAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(0, await desk.SaidAsync(opened.Id));
        Assert.Equal(TicketStatus.New, (await TicketAsync(desk, opened.Id)).Status);

        await desk.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await desk.SaidAsync(opened.Id));
        Assert.Equal(TicketStatus.Pending, (await TicketAsync(desk, opened.Id)).Status);
        Assert.Equal(id, await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Kind == MessageKind.Reply).Select(m => m.Id).SingleAsync(Ct)));

        await desk.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await desk.SaidAsync(opened.Id));
    }

    [Fact]
    public async Task Taken_back_it_never_leaves_and_its_words_are_the_draft()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var before = await TicketAsync(desk, opened.Id);
        var id = await desk.HoldAsync(opened.Id, "草稿里的话");

        Assert.True((await desk.Get<ChangeHeldReply>().TakeBackAsync(desk.Founder, id, Ct)).Ok);
        await desk.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await desk.SaidAsync(opened.Id));
        Assert.Equal("草稿里的话", (await desk.DraftAsync(opened.Id))!.Markdown);
        Assert.Equal(before.Version, (await TicketAsync(desk, opened.Id)).Version);
        Assert.Equal("held.gone", (await desk.Get<ChangeHeldReply>().TakeBackAsync(desk.Founder, id, Ct)).Problem?.Code);
    }

    [Fact]
    public async Task What_has_left_cannot_be_taken_back()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var id = await desk.HoldAsync(opened.Id);
        await desk.PassAsync(TimeSpan.FromSeconds(8));

        Assert.Equal("held.gone", (await desk.Get<ChangeHeldReply>().TakeBackAsync(desk.Founder, id, Ct)).Problem?.Code);
        Assert.Equal(1, await desk.SaidAsync(opened.Id));
    }

    [Fact]
    public async Task With_no_seconds_to_take_it_back_it_leaves_at_once()
    {
        await using var desk = new DeskApp();
        _ = desk.Desk();
        await desk.Get<Solodesk.Data.Settings>().SaveAsync(new SendSettings { UndoSeconds = 0 }, Ct);
        var opened = await ReplyToTicketTests.OpenAsync(desk);

        var sent = await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(opened.Id, "好了", Internal: false)), Ct);

        Assert.False(sent.Value.Held);
        Assert.Equal(1, await desk.SaidAsync(opened.Id));
    }

    [Fact]
    public async Task A_scheduled_answer_puts_the_ticket_away_and_leaves_at_its_time()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var at = desk.Clock.GetUtcNow().AddHours(20);

        await desk.HoldAsync(opened.Id, at: at);
        Assert.Equal(TicketQueue.Snoozed, (await TicketAsync(desk, opened.Id)).Queue);
        await desk.PassAsync(TimeSpan.FromHours(19));
        Assert.Equal(0, await desk.SaidAsync(opened.Id));
        await desk.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(1, await desk.SaidAsync(opened.Id));
        var ticket = await TicketAsync(desk, opened.Id);
        Assert.Equal(TicketQueue.Waiting, ticket.Queue);
        Assert.Null(ticket.SnoozedUntil);
    }

    [Fact]
    public async Task A_scheduled_answer_yields_when_the_customer_writes_first_and_says_so()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.HoldAsync(opened.Id, "明天给你答复", desk.Clock.GetUtcNow().AddHours(20));

        await desk.WriteAsCustomerAsync(opened.Id);
        await desk.PassAsync(TimeSpan.FromDays(2));

        Assert.Equal(0, await desk.SaidAsync(opened.Id));
        Assert.Equal(HeldState.Yielded, (await desk.HeldAsync()).Single().State);
        Assert.Equal("明天给你答复", (await desk.DraftAsync(opened.Id))!.Markdown);
        Assert.Equal(TicketQueue.Mine, (await TicketAsync(desk, opened.Id)).Queue);
        using var browser = desk.Desk();
        var page = await browser.GetStringAsync($"/inbox/mine/{opened.Number}", Ct);
        Assert.Contains("客户先写来了", page, StringComparison.Ordinal);
        Assert.Contains("明天给你答复", page, StringComparison.Ordinal);
        Assert.Contains("没有发出的定时回复", await browser.GetStringAsync("/", Ct), StringComparison.Ordinal);

        // Once the ticket is answered there is nothing to say any more.
        await desk.HoldAsync(opened.Id);
        await desk.PassAsync(TimeSpan.FromSeconds(8));
        Assert.Empty(await desk.HeldAsync());
    }

    [Fact]
    public async Task The_seconds_for_taking_back_do_not_yield()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.HoldAsync(opened.Id);

        await desk.WriteAsCustomerAsync(opened.Id);
        await desk.PassAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(1, await desk.SaidAsync(opened.Id));
    }

    [Fact]
    public async Task A_ticket_that_was_solved_meanwhile_stays_solved()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.HoldAsync(opened.Id);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved }, Ct);

        await desk.PassAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(1, await desk.SaidAsync(opened.Id));
        Assert.Equal(TicketStatus.Solved, (await TicketAsync(desk, opened.Id)).Status);
    }

    [Fact]
    public async Task A_scheduled_answer_moves_leaves_now_or_is_cancelled()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var change = desk.Get<ChangeHeldReply>();
        var moved = await desk.HoldAsync(opened.Id, "改时间", desk.Clock.GetUtcNow().AddHours(2));
        Assert.True((await change.MoveAsync(desk.Founder, moved, desk.Clock.GetUtcNow().AddHours(4), Ct)).Ok);
        Assert.Equal("message.schedule_past", (await change.MoveAsync(desk.Founder, moved, desk.Clock.GetUtcNow().AddHours(-1), Ct)).Problem?.Code);
        await desk.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(0, await desk.SaidAsync(opened.Id));
        Assert.True((await change.SendNowAsync(desk.Founder, moved, Ct)).Ok);
        Assert.Equal(1, await desk.SaidAsync(opened.Id));

        var cancelled = await desk.HoldAsync(opened.Id, "算了", desk.Clock.GetUtcNow().AddHours(2));
        Assert.True((await change.TakeBackAsync(desk.Founder, cancelled, Ct)).Ok);
        Assert.Null((await TicketAsync(desk, opened.Id)).SnoozedUntil);
        Assert.Equal("算了", (await desk.DraftAsync(opened.Id))!.Markdown);
    }

    [Fact]
    public async Task Two_who_send_at_once_send_once()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var id = await desk.HoldAsync(opened.Id);
        desk.Clock.Advance(TimeSpan.FromSeconds(9));

        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Get<SendHeldReplies>().SendAsync(id, Ct)));

        // Or none of these: the desk's own service wakes when the time has come, and may be first.
        Assert.InRange(sent.Count(s => s), 0, 1);
        Assert.Equal(1, await desk.SaidAsync(opened.Id));
    }

    [Fact]
    public async Task Files_wait_with_the_answer_however_long_it_waits()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        using var bytes = new MemoryStream("id,name"u8.ToArray());
        var file = await desk.Get<KeepUpload>().RunAsync(desk.Founder, "export.csv", "text/csv", bytes, Ct);
        await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(opened.Id, "见附件", Internal: false) { AttachmentIds = [file.Value.Id] }) { SendAt = desk.Clock.GetUtcNow().AddDays(5) }, Ct);

        desk.Clock.Advance(TimeSpan.FromDays(3));
        await desk.Services.GetServices<Solodesk.Jobs.IPeriodicJob>().OfType<Solodesk.Files.SweepUploads>().Single().RunAsync(Ct);
        await desk.PassAsync(TimeSpan.FromDays(2));

        var sent = await desk.ReadAsync(db => db.Set<Message>().Include(m => m.Attachments).SingleAsync(m => m.Kind == MessageKind.Reply, Ct));
        Assert.Equal("export.csv", Assert.Single(sent.Attachments).Name);
    }

    private static Task<Ticket> TicketAsync(DeskApp desk, Guid id) => desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == id, Ct));
}
