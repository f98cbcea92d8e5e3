using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tickets.Joining;

/// <summary>The steps that merging, splitting and their undoing share. They run inside the caller's transaction.</summary>
[UseCase]
public sealed class Regroup
{
    /// <summary>Moves messages, with what the search and the mentions know of them.</summary>
    public static async Task MoveAsync(DeskDb db, IReadOnlyList<Guid> messages, Guid into, CancellationToken ct)
    {
        foreach (var some in messages.Chunk(200))
        {
            var ids = some.ToList();
            var optional = some.Select(id => (Guid?)id).ToList();
            await db.Set<Message>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(s => s.SetProperty(m => m.TicketId, into), ct);
            await db.Set<SearchEntry>().Where(e => optional.Contains(e.MessageId)).ExecuteUpdateAsync(s => s.SetProperty(e => e.TicketId, into), ct);
            await db.Set<Mention>().Where(m => ids.Contains(m.MessageId)).ExecuteUpdateAsync(s => s.SetProperty(m => m.TicketId, into), ct);
        }
    }

    /// <summary>Moves answers and drafts that have not left; gives back which. An agent's own draft at the new place is not overwritten.</summary>
    public static async Task<(List<Guid> Held, List<Guid> Drafts)> MoveUnsentAsync(DeskDb db, Guid from, Guid into, CancellationToken ct)
    {
        var held = await db.Set<HeldReply>().Where(h => h.TicketId == from).Select(h => h.Id).ToListAsync(ct);
        var drafts = await db.Set<Draft>().Where(d => d.TicketId == from && !db.Set<Draft>().Any(o => o.TicketId == into && o.AgentId == d.AgentId)).Select(d => d.Id).ToListAsync(ct);
        await PlaceUnsentAsync(db, held, drafts, into, ct);
        return (held, drafts);
    }

    public static async Task PlaceUnsentAsync(DeskDb db, List<Guid> held, List<Guid> drafts, Guid into, CancellationToken ct)
    {
        await db.Set<HeldReply>().Where(h => held.Contains(h.Id)).ExecuteUpdateAsync(s => s.SetProperty(h => h.TicketId, into), ct);
        await db.Set<Draft>().Where(d => drafts.Contains(d.Id) && !db.Set<Draft>().Any(o => o.TicketId == into && o.AgentId == d.AgentId))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.TicketId, into), ct);
    }

    /// <summary>Counts anew what a ticket says about its messages.</summary>
    public static async Task CountAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var messages = await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id).OrderBy(m => m.CreatedAt)
            .Select(m => new { m.Id, m.Kind, m.Automatic, m.CreatedAt, Files = m.Attachments.Count(a => !a.Inline) }).ToListAsync(ct);
        ticket.MessageCount = messages.Count;
        ticket.InboundCount = messages.Count(m => m.Kind == MessageKind.Inbound);
        ticket.AttachmentCount = messages.Sum(m => m.Files);
        if (messages.FindLast(m => m.Kind == MessageKind.Inbound || (m.Kind == MessageKind.Reply && !m.Automatic)) is { } last)
        {
            ticket.LastMessageAt = last.CreatedAt;
            ticket.Preview = Conversation.PreviewOf(ticket.Subject, last.Kind, await db.Set<Message>().Where(m => m.Id == last.Id).Select(m => m.Body).SingleAsync(ct));
        }
    }
}
