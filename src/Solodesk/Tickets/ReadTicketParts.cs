using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>One ticket for programs, by its id or its number, and what belongs to it in pages.</summary>
[UseCase]
internal sealed class ReadTicketParts(IDbContextFactory<DeskDb> dbs)
{
    private static readonly PerModel<Func<DeskDb, Guid, CancellationToken, Task<string?>>> MainEmail = new(() =>
        EF.CompileAsyncQuery((DeskDb db, Guid customer, CancellationToken _) => db.Set<CustomerAddress>().Where(a => a.CustomerId == customer && a.Kind == AddressKind.Email)
            .OrderByDescending(a => a.Primary).ThenBy(a => a.Id).Select(a => a.Value).FirstOrDefault()));

    /// <summary>The id behind <c>10042</c>, <c>#10042</c> or an id; null when there is none.</summary>
    public async Task<Guid?> IdAsync(string text, CancellationToken ct)
    {
        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        if (!long.TryParse(text.AsSpan().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Ticket>().Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
    }

    /// <summary>A ticket that was just opened: only the customer's main address has to be looked up.</summary>
    public async Task<TicketResource> OpenedAsync(OpenTicket.Opened opened, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TicketResource.Of(opened.Ticket, new(opened.Ticket.CustomerId, opened.CustomerName, await MainEmail.For(db)(db, opened.Ticket.CustomerId, ct)));
    }

    public async Task<Result<TicketResource>> TicketAsync(Guid? id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Ticket>().AsNoTracking().Where(t => t.Id == id).Select(TicketResource.From(db)).SingleOrDefaultAsync(ct) is { } ticket
            ? ticket
            : Problem.NotFound("ticket");
    }

    public async Task<Result<MessageResource>> MessageAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Message>().AsNoTracking().Where(m => m.Id == id).Select(MessageResource.From).SingleOrDefaultAsync(ct) is { } message
            ? message
            : Problem.NotFound("message");
    }

    /// <summary>Messages, oldest first.</summary>
    public async Task<Result<Page<MessageResource>>> MessagesAsync(Guid? ticket, string? cursor, int limit, CancellationToken ct)
    {
        if (!Paging.TryRead(cursor, "messages", out var after))
        {
            return Paging.Broken;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (!await db.Set<Ticket>().AnyAsync(t => t.Id == ticket, ct))
        {
            return Problem.NotFound("ticket");
        }

        var messages = db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket);
        if (after is not null)
        {
            messages = messages.Where(m => m.CreatedAt >= after.Time && (m.CreatedAt > after.Time || m.Id > after.Id));
        }

        var rows = await messages.OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Take(limit + 1).Select(MessageResource.From).ToListAsync(ct);
        return Paging.Cut(rows, limit, m => new Cursor("messages", m.CreatedAt.UtcTicks, m.Id.ToString()));
    }

    /// <summary>The history, oldest first: of one ticket, or of the whole desk in the order in which it happened.</summary>
    public async Task<Result<Page<EventResource>>> EventsAsync(Guid? ticket, bool every, string? cursor, int limit, CancellationToken ct)
    {
        if (!Paging.TryRead(cursor, "events", out var after))
        {
            return Paging.Broken;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (!every && !await db.Set<Ticket>().AnyAsync(t => t.Id == ticket, ct))
        {
            return Problem.NotFound("ticket");
        }

        var last = after?.Number ?? 0;
        var rows = await db.Set<TicketEvent>().AsNoTracking().Where(e => e.Id > last && (every || e.TicketId == ticket)).OrderBy(e => e.Id).Take(limit + 1)
            .Select(e => new EventResource(e.Id, e.TicketId, e.TicketNumber, e.At, e.Kind, e.ActorKind, e.ActorId, e.ActorName, e.MessageId, e.Field, e.From, e.To))
            .ToListAsync(ct);
        return Paging.Cut(rows, limit, e => new Cursor("events", 0, e.Id.ToString(CultureInfo.InvariantCulture)));
    }
}

/// <summary>One change of a ticket as the API gives it.</summary>
public sealed record EventResource(long Id, Guid TicketId, long TicketNumber, DateTimeOffset At, TicketEventKind Kind, ActorKind ActorKind, Guid? ActorId,
    string ActorName, Guid? MessageId, string? Field, string? From, string? To);
