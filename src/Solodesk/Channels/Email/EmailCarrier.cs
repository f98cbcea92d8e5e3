using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Mail.Writing;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>
/// Puts our answers into the outbox, in the transaction that writes them: a reply that is on record goes out, one that was rolled back
/// does not. The Message-ID is signed, so that whatever comes back finds its ticket.
/// </summary>
[UseCase]
internal sealed class EmailCarrier(MailKey key, LoopGovernor governor, TimeProvider clock) : IMessageCarrier
{
    public async Task<bool> CarryAsync(DeskDb db, Ticket ticket, Message message, Customer customer, CancellationToken ct)
    {
        var asked = await LastInboundAsync(db, ticket, ct);
        if (customer.Addresses.Count == 0)
        {
            // Found by one of them, a customer comes without the list.
            await db.Entry(customer).Collection(c => c.Addresses).LoadAsync(ct);
        }

        var to = message.To.Count > 0 ? message.To[0] : AddressOf(customer, asked?.FromAddress);
        if (to is null || await MailboxForAsync(db, ticket, ct) is not { } mailbox)
        {
            return false;
        }

        // Here, where every mail to a customer passes: nothing that the desk says by itself gets around the caps.
        if (message.Automatic && !await governor.MayAsync(db, ticket.CustomerId, ticket.Id, ct))
        {
            return false;
        }

        if (message.To.Count == 0)
        {
            message.To.Add(to);
        }

        message.FromAddress = mailbox.Address;
        // A forward starts a conversation with others; it is no answer to the customer.
        message.InReplyTo = message.Kind == MessageKind.Forward ? null : asked?.InternetId;
        message.InternetId = SignedMessageId.Create(ticket.Number.ToString(CultureInfo.InvariantCulture), message.Id, key.Value, DomainOf(mailbox.Address)).Trim('<', '>');
        message.Delivery = DeliveryState.Queued;
        var now = clock.GetUtcNow();
        db.Add(new OutgoingMail
        {
            Id = Ids.New(clock),
            MessageId = message.Id,
            TicketId = ticket.Id,
            MailboxId = mailbox.Id,
            Recipients = [.. message.To.Concat(message.Cc).Concat(message.Bcc).Select(a => CustomerAddress.Normalize(AddressKind.Email, a)).Distinct(StringComparer.Ordinal)],
            Automatic = message.Automatic,
            CreatedAt = now,
            DueAt = now,
        });
        return true;
    }

    /// <summary>The mailbox that the ticket came in by, or the desk's first one; null when mail cannot go out.</summary>
    public async Task<Mailbox?> MailboxForAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var usable = db.Set<Mailbox>().AsNoTracking().Where(m => m.Active && m.SmtpHost != "");
        return (ticket.MailboxId is { } own ? await usable.SingleOrDefaultAsync(m => m.Id == own, ct) : null)
            ?? await usable.OrderBy(m => m.CreatedAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>The address that the customer last wrote from about this, as long as it is theirs; else their main one.</summary>
    private static string? AddressOf(Customer customer, string? wroteFrom)
    {
        var own = customer.Addresses.Where(a => a.Kind == AddressKind.Email).ToList();
        var normal = wroteFrom is null ? null : CustomerAddress.Normalize(AddressKind.Email, wroteFrom);
        return (own.Find(a => a.Normal == normal) ?? own.Find(a => a.Primary) ?? own.FirstOrDefault())?.Value;
    }

    // Both what is in the database and what this very transaction has just received.
    private static async Task<Message?> LastInboundAsync(DeskDb db, Ticket ticket, CancellationToken ct)
        => db.Set<Message>().Local.Where(m => m.TicketId == ticket.Id && m.Kind == MessageKind.Inbound).MaxBy(m => m.CreatedAt)
            ?? await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id && m.Kind == MessageKind.Inbound)
                .OrderByDescending(m => m.CreatedAt).FirstOrDefaultAsync(ct);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
