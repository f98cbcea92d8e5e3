using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Web;

public sealed class TrackingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_customer_sees_what_was_said_to_them_and_never_a_note()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "已经**恢复**了", Internal: false), Ct);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "她上次也这样", Internal: true), Ct);

        var page = await desk.Visitor().PageAsync($"/track/{opened.TrackingToken}");

        Assert.Contains("已经<strong>恢复</strong>了", page, StringComparison.Ordinal);
        Assert.Contains("今天 10 点就要用", page, StringComparison.Ordinal);
        Assert.DoesNotContain("她上次也这样", page, StringComparison.Ordinal);
        Assert.Contains("轮到你了", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_found_by_nobody_else()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);

        var response = await desk.Visitor().GetAsync($"/track/{opened.TrackingToken}", Ct);

        Assert.Equal("noindex, nofollow", response.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Visitor().GetAsync("/track/AAAAAAAAAAAAAAAAAAAAAAAAAAA", Ct)).StatusCode);
    }

    [Fact]
    public async Task An_answer_brings_the_ticket_back_to_the_desk()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "好了吗？", Internal: false), Ct);
        var browser = desk.Visitor();
        var page = await browser.PageAsync($"/track/{opened.TrackingToken}");

        var said = await browser.SubmitAsync(page, $"/track/{opened.TrackingToken}", [("message", "还缺一篇")], ("缺.png", [1], "image/png"));

        Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal((TicketStatus.Open, true, "还缺一篇"), (ticket.Status, ticket.Unread, ticket.Preview));
        var message = await desk.ReadAsync(db => db.Set<Message>().Include(m => m.Attachments).SingleAsync(m => m.Channel == "web", Ct));
        Assert.Equal((MessageKind.Inbound, ActorKind.Customer), (message.Kind, message.AuthorKind));
        Assert.Equal("缺.png", Assert.Single(message.Attachments).Name);
        Assert.Contains("你的回复收到了", (await browser.PageAsync(said.Headers.Location!.ToString())).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_says_so_and_keeps_the_page()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var browser = desk.Visitor();
        var page = await browser.PageAsync($"/track/{opened.TrackingToken}");

        var said = await browser.SubmitAsync(page, $"/track/{opened.TrackingToken}", [("message", "  ")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, said.StatusCode);
        Assert.Contains("先写点什么", (await said.Content.ReadAsStringAsync(Ct)).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_customer_calls_it_solved_and_takes_it_back()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "好了", Internal: false), Ct);
        var browser = desk.Visitor();
        var address = $"/track/{opened.TrackingToken}";

        await browser.SubmitAsync(await browser.PageAsync(address), $"{address}/solved", []);
        Assert.Equal(TicketStatus.Solved, await StatusAsync(desk));

        await browser.SubmitAsync(await browser.PageAsync(address), $"{address}/reopen", []);
        Assert.Equal(TicketStatus.Open, await StatusAsync(desk));
        Assert.Equal(["StatusChanged", "Reopened"], await desk.ReadAsync(db => db.Set<TicketEvent>()
            .Where(e => e.ActorKind == ActorKind.Customer && (e.Kind == TicketEventKind.Reopened || e.Kind == TicketEventKind.StatusChanged)).OrderBy(e => e.Id).Select(e => e.Kind.ToString()).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Thanks_for_a_solved_ticket_close_it()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "好了", Internal: false) { Status = TicketStatus.Solved }, Ct);
        var browser = desk.Visitor();
        var address = $"/track/{opened.TrackingToken}";

        await browser.SubmitAsync(await browser.PageAsync(address), $"{address}/solved", []);

        Assert.Equal(TicketStatus.Closed, await StatusAsync(desk));
    }

    [Fact]
    public async Task An_answer_to_a_ticket_closed_long_ago_opens_a_linked_one()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Closed }, Ct);
        desk.Clock.Advance(TimeSpan.FromDays(15));
        var browser = desk.Visitor();
        var page = await browser.PageAsync($"/track/{opened.TrackingToken}");
        Assert.Contains("会开一张新的接上", page.Words(), StringComparison.Ordinal);

        var said = await browser.SubmitAsync(page, $"/track/{opened.TrackingToken}", [("message", "又不见了")]);

        var next = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.FollowUpOfId == opened.Id, Ct));
        Assert.StartsWith($"/track/{next.TrackingToken}", said.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.Closed, await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == opened.Id).Select(t => t.Status).SingleAsync(Ct)));
        Assert.Equal(("又不见了", "web"), (next.Preview, next.Channel));
    }

    [Fact]
    public async Task Another_site_cannot_press_the_buttons()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);

        var forged = await desk.Visitor().SubmitAsync("", $"/track/{opened.TrackingToken}/solved", []);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(TicketStatus.New, await StatusAsync(desk));
    }

    private static Task<TicketStatus> StatusAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Status).SingleAsync(Ct));
}
