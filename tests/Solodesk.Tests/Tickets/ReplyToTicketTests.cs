using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Tests.Tickets;

public sealed class ReplyToTicketTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_keeps_the_promise_and_waits_on_the_customer()
    {
        await using var desk = new DeskApp();
        var opened = await OpenAsync(desk);

        var replied = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "已经恢复了", Internal: false), Ct);

        Assert.True(replied.Ok);
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.Id == opened.Id, Ct));
        Assert.Equal(TicketStatus.Pending, ticket.Status);
        Assert.Equal(TicketQueue.Waiting, ticket.Queue);
        Assert.Null(ticket.FirstResponseDueAt);
        Assert.NotNull(ticket.FirstRepliedAt);
        Assert.Equal(2, ticket.MessageCount);
    }

    [Fact]
    public async Task A_note_changes_nothing_for_the_customer()
    {
        await using var desk = new DeskApp();
        var opened = await OpenAsync(desk);

        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "查了日志", Internal: true), Ct);

        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.Id == opened.Id, Ct));
        Assert.Equal(TicketStatus.New, ticket.Status);
        Assert.NotNull(ticket.FirstResponseDueAt);
    }

    [Fact]
    public async Task An_empty_reply_is_refused()
    {
        await using var desk = new DeskApp();
        var opened = await OpenAsync(desk);

        var result = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "  ", Internal: false), Ct);

        Assert.Equal("message.empty", result.Problem?.Code);
    }

    [Fact]
    public async Task A_viewer_may_not_reply()
    {
        await using var desk = new DeskApp();
        var opened = await OpenAsync(desk);

        var result = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder with { Role = Role.Viewer }, new(opened.Id, "x", Internal: false), Ct);

        Assert.Equal("forbidden", result.Problem?.Code);
    }

    [Fact]
    public async Task The_first_answer_is_promised_in_working_hours()
    {
        await using var desk = new DeskApp();

        var opened = await OpenAsync(desk);

        // Monday 09:00 in Shanghai plus eight working hours of a nine-hour day.
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), opened.FirstResponseDueAt);
    }

    internal static async Task<OpenTicket.Opened> OpenAsync(DeskApp desk, string subject = "三篇笔记不见了", string email = "xiaotang@shiguang.example", string name = "林晓棠")
        => (await desk.Get<OpenTicket>().RunAsync(desk.Founder, new(subject, "今天 10 点就要用，能先恢复吗？", "api") { CustomerEmail = email, CustomerName = name }, Ct)).Value;
}
