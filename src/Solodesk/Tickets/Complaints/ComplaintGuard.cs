using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Complaints;

/// <summary>Sees to it that a complaint is not solved before somebody has written how, where the settings ask for it.</summary>
[UseCase]
public sealed class ComplaintGuard(Settings settings)
{
    /// <summary>Why the ticket may not get this status; null when it may.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="ticket">The ticket as it is.</param>
    /// <param name="status">The status that it shall have.</param>
    /// <param name="type">The type that it gets at the same time.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Problem?> CheckAsync(DeskDb db, Ticket ticket, TicketStatus? status, TicketType? type, CancellationToken ct)
        => status is TicketStatus.Solved or TicketStatus.Closed && await AsksAsync(db, ticket, type, ct) ? new Problem("complaint.closing_missing") { Field = "resolution" } : null;

    /// <summary>Whether solving asks for words that are not there yet.</summary>
    public async Task<bool> AsksAsync(DeskDb db, Ticket ticket, TicketType? type, CancellationToken ct)
        => !ticket.IsDone && (type ?? ticket.Type) == TicketType.Complaint && (await settings.ReadAsync<ComplaintSettings>(ct)).AskClosing
            && !await db.Set<Complaint>().AnyAsync(c => c.TicketId == ticket.Id && c.Resolution != "" && c.Summary != "", ct);
}
