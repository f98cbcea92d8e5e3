namespace Solodesk.Tickets;

internal static class OpenTickets
{
    /// <summary>Those that somebody still has to come back to: not solved, closed, spam or merged.</summary>
    public static IQueryable<Ticket> StillOpen(this IQueryable<Ticket> tickets)
        => tickets.Where(t => t.Queue == TicketQueue.Mine || t.Queue == TicketQueue.Waiting || t.Queue == TicketQueue.Held || t.Queue == TicketQueue.Snoozed);
}
