using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>A channel that can bring our messages to the customer. Channels provide it; the core does not know them.</summary>
public interface IMessageCarrier
{
    /// <summary>Low numbers are asked first: who reaches the customer at once goes before who reaches them later.</summary>
    int Order => 100;

    /// <summary>
    /// Queues the message inside the caller's transaction and fills its recipients, ids and delivery state; gives back false when this
    /// carrier cannot reach the customer. Nothing leaves before the commit.
    /// </summary>
    Task<bool> CarryAsync(DeskDb db, Ticket ticket, Message message, Customer customer, CancellationToken ct);
}
