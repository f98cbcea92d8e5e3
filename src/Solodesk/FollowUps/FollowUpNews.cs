using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>
/// Says what happened to a follow-up: a line in its ticket's history, and a notice to open pages. Lists of follow-ups listen to the number 0,
/// which no ticket has, so that a follow-up without a ticket is told as well.
/// </summary>
[UseCase]
internal sealed class FollowUpNews(LiveFeed live, TimeProvider clock)
{
    /// <summary>Inside the transaction: the history line, and the notice to the other nodes.</summary>
    public async Task WriteAsync(DeskDb db, Actor actor, FollowUp followUp, TicketEventKind kind, string to, CancellationToken ct)
    {
        if (followUp.TicketId is { } id && await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == id, ct) is { } ticket)
        {
            db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), kind, followUp.Kind.ToString(), to));
        }

        await live.AnnounceAsync(db, [Notice(actor, kind)], ct);
    }

    /// <summary>After the commit: to the pages of this node.</summary>
    public void Tell(Actor actor, TicketEventKind kind) => live.Publish([Notice(actor, kind)]);

    public static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private TicketEvent Notice(Actor actor, TicketEventKind kind) => new() { Kind = kind, At = clock.GetUtcNow(), ActorKind = actor.Kind, ActorId = actor.Id };
}
