using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Mail.Writing;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Finds the ticket that a mail answers. What only we can have made (a signed Message-ID, plus address or marker) joins whoever sends it;
/// everything that a stranger could write (an id seen elsewhere, a number) joins only when the sender takes part in that ticket already.
/// </summary>
[UseCase]
internal sealed class Threads
{
    private const int MaxIds = 60;
    private const int MaxMerges = 20;

    public async Task<Thread?> FindAsync(DeskDb db, Letter letter, CancellationToken ct)
    {
        // In-Reply-To first, then References from the right: the nearest ancestor knows best.
        var ids = letter.Mail.InReplyTo.Concat(letter.Mail.References.Reverse()).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxIds).ToList();
        return await BySignatureAsync(db, ids.Concat(PlusTokens(letter)), letter.Key, ct)
            ?? await ByKnownIdAsync(db, letter, ids, ct)
            ?? await BySignatureAsync(db, Markers.In(letter.Mail.Text).Concat(Markers.In(letter.Mail.Html)), letter.Key, ct)
            ?? await ByNumberAsync(db, letter, ct);
    }

    /// <summary>The message of ours that an id names, proven by its signature; null for any other id.</summary>
    public static async Task<Message?> OwnMessageAsync(DeskDb db, string? id, byte[] key, CancellationToken ct)
        => SignedMessageId.TryVerify(id, key, out var token) ? await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == token.Unique, ct) : null;

    /// <summary>Follows merges to the ticket that speaks for this one now.</summary>
    public static async Task<Ticket?> TargetAsync(DeskDb db, Guid id, CancellationToken ct)
    {
        var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == id, ct);
        for (var hop = 0; ticket?.MergedIntoId is { } next && hop < MaxMerges; hop++)
        {
            ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == next, ct);
        }

        return ticket;
    }

    /// <summary>Whether an address belongs to the customer of a ticket or stands in its visible messages, ours or theirs.</summary>
    public static async Task<bool> TakesPartAsync(DeskDb db, Ticket ticket, string? address, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return false;
        }

        var normal = CustomerAddress.Normalize(AddressKind.Email, address);
        if (await db.Set<CustomerAddress>().AnyAsync(a => a.CustomerId == ticket.CustomerId && a.Normal == normal, ct))
        {
            return true;
        }

        var people = await db.Set<Message>().AsNoTracking()
            .Where(m => m.TicketId == ticket.Id && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply))
            .Select(m => new { m.FromAddress, m.To, m.Cc }).ToListAsync(ct);
        return people.Any(m => Same(m.FromAddress) || m.To.Any(Same) || m.Cc.Any(Same));

        bool Same(string? other) => string.Equals(other, normal, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether an address is in a ticket only because a message was passed on to it: neither the customer nor anybody whom they see.</summary>
    public static async Task<bool> IsAsideAsync(DeskDb db, Ticket ticket, string? address, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(address) || await TakesPartAsync(db, ticket, address, ct))
        {
            return false;
        }

        var passedOn = await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id && m.Kind == MessageKind.Forward).Select(m => new { m.To, m.Cc, m.Bcc }).ToListAsync(ct);
        return passedOn.Any(m => m.To.Concat(m.Cc).Concat(m.Bcc).Any(a => string.Equals(a, address, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<Thread?> BySignatureAsync(DeskDb db, IEnumerable<string> tokens, byte[] key, CancellationToken ct)
    {
        foreach (var text in tokens)
        {
            if (!SignedMessageId.TryVerify(text, key, out var token))
            {
                continue;
            }

            // The message knows best: it may have moved with a merge. The number serves when the message itself was deleted.
            var id = await db.Set<Message>().Where(m => m.Id == token.Unique).Select(m => (Guid?)m.TicketId).SingleOrDefaultAsync(ct)
                ?? (long.TryParse(token.Scope, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? await db.Set<Ticket>().Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct) : null);
            if (id is { } known && await TargetAsync(db, known, ct) is { } ticket)
            {
                return new Thread(ticket, IsProven: true);
            }
        }

        return null;
    }

    private static async Task<Thread?> ByKnownIdAsync(DeskDb db, Letter letter, IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return null;
        }

        var found = await db.Set<Message>().AsNoTracking()
            .Where(m => m.InternetId != null && ids.Contains(m.InternetId)).OrderBy(m => m.CreatedAt)
            .Select(m => new { m.InternetId, m.TicketId }).Take(200).ToListAsync(ct);
        foreach (var ticketId in ids.SelectMany(id => found.Where(f => f.InternetId == id)).Select(f => f.TicketId).Distinct())
        {
            // Anybody can write another's Message-ID: it shows where the mail wants to go, not that it may.
            if (await TargetAsync(db, ticketId, ct) is { } ticket && await TakesPartAsync(db, ticket, letter.Author?.Address, ct))
            {
                return new Thread(ticket, IsProven: false);
            }
        }

        return null;
    }

    private static async Task<Thread?> ByNumberAsync(DeskDb db, Letter letter, CancellationToken ct)
    {
        foreach (var number in Markers.NumbersIn(letter.Mail.Subject))
        {
            var id = await db.Set<Ticket>().Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
            if (id is { } known && await TargetAsync(db, known, ct) is { } ticket && await TakesPartAsync(db, ticket, letter.Author?.Address, ct))
            {
                return new Thread(ticket, IsProven: false);
            }
        }

        return null;
    }

    private static IEnumerable<string> PlusTokens(Letter letter)
    {
        var mail = letter.Mail;
        string?[] envelope = [mail.Header("Delivered-To"), mail.Header("X-Original-To"), mail.Header("Envelope-To")];
        foreach (var address in mail.To.Concat(mail.Cc).Select(a => a.Address).Concat(envelope.OfType<string>()))
        {
            var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
            if (plus >= 0 && at > plus + 1)
            {
                yield return address[(plus + 1)..at];
            }
        }
    }
}
