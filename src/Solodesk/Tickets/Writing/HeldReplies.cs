using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>What becomes of answers that have not left yet. Steps inside the caller's transaction.</summary>
[UseCase]
public sealed class HeldReplies(TimeProvider clock)
{
    /// <summary>The customer wrote first: what was scheduled does not leave, and its words are a draft again.</summary>
    public async Task YieldAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var held in await db.Set<HeldReply>().Where(h => h.TicketId == ticket.Id && h.Scheduled && h.State == HeldState.Waiting).ToListAsync(ct))
        {
            held.State = HeldState.Yielded;
            await ToDraftAsync(db, held, ticket, ct);
            db.Add(TicketEvent.Of(ticket, Actor.System, now, TicketEventKind.SendYielded, held.AuthorName, held.SendAt.ToString("O", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>An answer has been sent in a ticket: what had yielded there needs no mention any more.</summary>
    public static Task SettleAsync(DeskDb db, Guid ticket, CancellationToken ct)
        => db.Set<HeldReply>().Where(h => h.TicketId == ticket && h.State == HeldState.Yielded).ExecuteDeleteAsync(ct);

    /// <summary>Gives the words back to their writer. Another draft of theirs is not overwritten: the words are offered beside it.</summary>
    public async Task ToDraftAsync(DeskDb db, HeldReply held, Ticket ticket, CancellationToken ct)
    {
        if (await WriterAsync(db, held, ticket, ct) is not { } agent)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.AgentId == agent && d.TicketId == ticket.Id, ct);
        if (draft is { Markdown.Length: > 0 })
        {
            (draft.Other, draft.OtherAt) = (held.Markdown, now);
        }
        else
        {
            draft ??= db.Add(new Draft { Id = Ids.New(clock), AgentId = agent, TicketId = ticket.Id }).Entity;
            draft.Mode = held.ForwardOf is null ? WriteMode.Reply : WriteMode.Forward;
            draft.Markdown = held.Markdown;
            draft.To = [.. held.To];
            draft.Cc = [.. held.Cc];
            draft.Bcc = [.. held.Bcc];
            draft.ForwardOf = held.ForwardOf;
        }

        draft.Revision++;
        draft.UpdatedAt = now;
        var id = draft.Id;
        await db.Set<Attachment>().Where(a => a.HolderId == held.Id && a.MessageId == null).ExecuteUpdateAsync(s => s.SetProperty(a => a.HolderId, id), ct);
    }

    // What a program has scheduled goes back to the person who has the ticket, else to the first owner.
    private static async Task<Guid?> WriterAsync(DeskDb db, HeldReply held, Ticket ticket, CancellationToken ct)
        => held.AuthorKind == ActorKind.Agent && held.AuthorId is { } agent ? agent
            : ticket.AssigneeId ?? await db.Set<Agent>().Where(a => a.Active && a.Role == Role.Owner).OrderBy(a => a.CreatedAt).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
}
