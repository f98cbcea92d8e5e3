using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Confirms to a customer that what they asked has arrived. A channel provides it; the core does not know which.</summary>
public interface IAcknowledgement
{
    /// <summary>Queues the confirmation in the caller's transaction, if the founder wants one to go out and it is not one too many.</summary>
    Task ConfirmAsync(DeskDb db, Ticket ticket, Customer customer, CancellationToken ct);
}
