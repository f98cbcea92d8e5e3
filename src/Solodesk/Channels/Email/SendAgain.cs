using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>
/// Sends an answer again that did not arrive: after the address was mended, or the server. It stays one message with one Message-ID, and who
/// has it already is not written to twice.
/// </summary>
[UseCase]
internal sealed class SendAgain(DeskWriter writer, EmailCarrier carrier, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var message = await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == id && (m.Kind == MessageKind.Reply || m.Kind == MessageKind.Forward), ct);
            if (message is null)
            {
                return Problem.NotFound("message");
            }

            if (message.Delivery != DeliveryState.Failed)
            {
                return new Problem("message.not_failed");
            }

            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == message.TicketId, ct);
            var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
            var refused = Refused(message);
            if (message is { Kind: MessageKind.Reply, To: [var only] } && Addresses(customer) is { Count: > 0 } own && !own.Contains(only, StringComparer.OrdinalIgnoreCase))
            {
                message.To.Clear(); // It is no longer the customer's: the one they have now is looked up.
                refused = [];
            }

            if (!await carrier.CarryAsync(db, ticket, message, customer, ct))
            {
                return new Problem("message.no_way_out");
            }

            if (refused.Count > 0)
            {
                db.Set<OutgoingMail>().Local.Single(m => m.MessageId == id && m.State == DeliveryState.Queued).Recipients.RemoveAll(r => !refused.Contains(r));
            }

            (message.DeliveryProblem, message.RetryAt) = (null, null);
            ticket.DeliveryFailed = await db.Set<Message>().AnyAsync(m => m.TicketId == ticket.Id && m.Id != id && m.Delivery == DeliveryState.Failed, ct);
            ticket.UpdatedAt = clock.GetUtcNow();
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, ticket.UpdatedAt, TicketEventKind.SentAgain, to: string.Join(", ", message.To), message: id));
            return Done.It;
        }, ct);
    }

    private static List<string> Addresses(Customer customer) => [.. customer.Addresses.Where(a => a.Kind == AddressKind.Email).Select(a => a.Value)];

    /// <summary>Those whom the server named when it took the mail for the others only; none when it took it for nobody.</summary>
    private static List<string> Refused(Message message)
        => message.DeliveredAt is null ? []
            : [.. message.To.Concat(message.Cc).Concat(message.Bcc).Select(a => CustomerAddress.Normalize(AddressKind.Email, a))
                .Where(a => message.DeliveryProblem?.Contains(a, StringComparison.OrdinalIgnoreCase) == true)];
}
