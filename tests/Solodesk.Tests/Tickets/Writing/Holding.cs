using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Writing;

/// <summary>Short ways to send in a moment, to let time pass, and to be another agent.</summary>
internal static class Holding
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Actor Second { get; } = new(ActorKind.Agent, Guid.Parse("019b0000-0000-7000-8000-000000000002"), "许愿", Role.Agent);

    public static async Task<Guid> HoldAsync(this DeskApp desk, Guid ticket, string words = "已经修好了。", DateTimeOffset? at = null, Actor? by = null)
    {
        var held = await desk.Get<HoldReply>().RunAsync(by ?? desk.Founder, new(new(ticket, words, Internal: false)) { SendAt = at }, Ct);
        Assert.True(held.Ok, held.Ok ? "" : held.Problem.Code);
        Assert.True(held.Value.Held);
        return held.Value.Id;
    }

    /// <summary>Lets time pass and what is due leave.</summary>
    public static async Task PassAsync(this DeskApp desk, TimeSpan time)
    {
        desk.Clock.Advance(time);
        await desk.Get<SendHeldReplies>().RunAsync(Ct);
    }

    public static Task<List<HeldReply>> HeldAsync(this DeskApp desk) => desk.ReadAsync(db => db.Set<HeldReply>().AsNoTracking().OrderBy(h => h.SendAt).ToListAsync(Ct));

    public static Task<Draft?> DraftAsync(this DeskApp desk, Guid ticket, Actor? of = null)
        => desk.ReadAsync(db => db.Set<Draft>().AsNoTracking().SingleOrDefaultAsync(d => d.TicketId == ticket && d.AgentId == (of ?? desk.Founder).Id, Ct));

    public static Task<int> SaidAsync(this DeskApp desk, Guid ticket) => desk.ReadAsync(db => db.Set<Message>().CountAsync(m => m.TicketId == ticket && m.Kind == MessageKind.Reply, Ct));

    /// <summary>The customer says something more.</summary>
    public static async Task WriteAsCustomerAsync(this DeskApp desk, Guid ticket, string words = "还是不行。")
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var token = await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == ticket).Select(t => t.TrackingToken).SingleAsync(Ct));
        var said = await desk.Get<Solodesk.Channels.Web.AnswerAsCustomer>().SayAsync(token, words, [], Ct);
        Assert.True(said.Ok);
    }
}
