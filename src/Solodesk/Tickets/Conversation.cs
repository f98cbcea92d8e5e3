using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tickets;

/// <summary>
/// The steps that every way in and out shares: opening a ticket and adding what is said to it, with history, promises, search and
/// list state kept together. They run inside the caller's transaction and save nothing themselves.
/// </summary>
[UseCase]
public sealed class Conversation(TimeProvider clock, Promises promises, HeldReplies held, ISearchIndex search)
{
    public async Task<Ticket> OpenAsync(DeskDb db, Actor actor, NewTicket request, CancellationToken ct)
    {
        var now = Now();
        var ticket = new Ticket
        {
            Id = Ids.New(clock),
            Number = await Counter.NextAsync(db, "ticket", ct),
            Subject = Shorten(request.Subject, 500),
            CustomerId = request.CustomerId,
            OrganizationId = request.OrganizationId,
            Channel = request.Channel,
            MailboxId = request.MailboxId,
            Priority = request.Priority,
            Type = request.Type,
            Severity = request.Severity,
            CategoryId = request.CategoryId,
            Tags = [.. request.Tags],
            Custom = new Dictionary<string, string>(request.Custom),
            AssigneeId = request.AssigneeId,
            Language = request.Language,
            FollowUpOfId = request.FollowUpOfId,
            TrackingToken = Ids.Token(),
            CreatedAt = now,
            UpdatedAt = now,
            LastMessageAt = now,
        };
        await promises.StartAsync(ticket, ct);
        ticket.MarkSpam(request.Spam);
        db.Add(ticket);
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Opened, to: request.Channel));
        await search.AddAsync(db, ticket.Id, null, $"{ticket.Number} {ticket.Subject}", ct);
        return ticket;
    }

    /// <summary>Adds what the customer said: the ticket comes back to us, whatever its state was.</summary>
    public async Task<Message> ReceiveAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, CancellationToken ct)
    {
        var now = Now();
        var message = Add(db, ticket, actor, said, now);
        ticket.InboundCount++;
        ticket.WaitingSince ??= now;
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Received, message: message.Id));
        if (ticket.MessageCount > 1)
        {
            await held.YieldAsync(db, ticket, ct);
        }

        await ComeBackAsync(db, ticket, actor, now, ct);
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    /// <summary>Adds what somebody answered to whom a message was passed on: ours to read, not the customer's.</summary>
    public async Task<Message> AsideAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var message = Add(db, ticket, actor, said, now);
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Asided, message: message.Id));
        await ComeBackAsync(db, ticket, actor, now, ct);
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    /// <summary>Adds what goes to others; whose turn it is stays.</summary>
    public async Task<Message> ForwardAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var message = Add(db, ticket, actor, said, now);
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Forwarded, to: string.Join(", ", said.To), message: message.Id));
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    private async Task ComeBackAsync(DeskDb db, Ticket ticket, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        ticket.Unread = true;
        if (ticket.Status is not (TicketStatus.New or TicketStatus.Open) || ticket.SnoozedUntil is not null)
        {
            var before = ticket.Status;
            ticket.SetStatus(before is TicketStatus.New ? TicketStatus.New : TicketStatus.Open, now);
            await promises.ResumeAsync(ticket, before, ct);
            if (before != ticket.Status)
            {
                db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Reopened, before.ToString(), ticket.Status.ToString()));
            }
        }

        ticket.Requeue();
    }

    /// <summary>Adds what we said to the customer: the promise of an answer is kept, the next move is theirs.</summary>
    public async Task<Message> AnswerAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, CancellationToken ct)
    {
        var now = Now();
        var message = Add(db, ticket, actor, said, now);
        if (!said.Automatic)
        {
            ticket.FirstRepliedAt ??= now;
            ticket.FirstResponseDueAt = null;
            ticket.WaitingSince = null;
            ticket.Unread = false;
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Replied, message: message.Id));
        }

        ticket.Requeue();
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    /// <summary>Adds a note that the customer never sees.</summary>
    public async Task<Message> NoteAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, CancellationToken ct)
    {
        var now = Now();
        var message = Add(db, ticket, actor, said, now);
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Noted, message: message.Id));
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    /// <summary>Keeps what a machine said (a bounce, an out-of-office) beside the conversation: the words and one line of history; whose turn it is stays.</summary>
    public async Task<Message> RecordAsync(DeskDb db, Ticket ticket, Actor actor, NewMessage said, TicketEventKind kind, string? why, CancellationToken ct)
    {
        var now = Now();
        var message = Add(db, ticket, actor, said, now);
        db.Add(TicketEvent.Of(ticket, actor, now, kind, to: why, message: message.Id));
        await IndexAsync(db, ticket, message, ct);
        return message;
    }

    // In microseconds, as PostgreSQL keeps it: what a caller is told and what stands in the database are one.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private Message Add(DeskDb db, Ticket ticket, Actor actor, NewMessage said, DateTimeOffset now)
    {
        var message = new Message
        {
            Id = said.Id ?? Ids.New(clock),
            TicketId = ticket.Id,
            Kind = said.Kind,
            AuthorKind = actor.Kind,
            AuthorId = actor.Id,
            AuthorName = Shorten(actor.Name, 200),
            Channel = said.Channel,
            CreatedAt = now,
            Body = said.Body,
            Quoted = said.Quoted,
            Html = said.Html,
            Simplified = said.Simplified,
            Language = said.Language,
            FromAddress = said.FromAddress is { } from ? Shorten(from, 320) : null,
            To = [.. said.To],
            Cc = [.. said.Cc],
            Bcc = [.. said.Bcc],
            InternetId = said.InternetId is { Length: <= 998 } id ? id : null,
            InReplyTo = said.InReplyTo,
            MailId = said.MailId,
            Automatic = said.Automatic,
        };
        foreach (var attachment in said.Attachments)
        {
            attachment.MessageId = message.Id;
            attachment.HolderId = null;
            if (db.Entry(attachment).State == EntityState.Detached)
            {
                db.Add(attachment);
            }
        }

        db.Add(message);
        ticket.MessageCount++;
        ticket.AttachmentCount += said.Attachments.Count(a => !a.Inline);
        ticket.UpdatedAt = now;
        ticket.Version++;
        if (said.Kind is MessageKind.Inbound or MessageKind.Reply && !said.Automatic)
        {
            ticket.LastMessageAt = now;
            ticket.Preview = PreviewOf(ticket.Subject, said.Kind, said.Body);
        }

        return message;
    }

    private Task IndexAsync(DeskDb db, Ticket ticket, Message message, CancellationToken ct)
        => search.AddAsync(db, ticket.Id, message.Id,
            string.Join(' ', [message.Body, message.AuthorName, message.FromAddress, .. message.Attachments.Select(a => a.Name)]), ct);

    /// <summary>The second line of a row: what was said, without its marks and without saying the subject again.</summary>
    internal static string PreviewOf(string subject, MessageKind kind, string body)
    {
        var line = OneLine(kind == MessageKind.Reply ? Markdown.ToPlain(body) : body);
        if (subject.Length > 3 && line.StartsWith(subject, StringComparison.OrdinalIgnoreCase))
        {
            line = line[subject.Length..].TrimStart(' ', ',', '.', ':', ';', '!', '?', '-', '—', '，', '。', '：', '；', '！', '？', '…');
        }

        return Shorten(line, 200);
    }

    /// <summary>Cuts without splitting a surrogate pair.</summary>
    internal static string Shorten(string text, int length)
        => text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");

    internal static string OneLine(string text)
        => string.Join(' ', text.AsSpan(0, Math.Min(text.Length, 800)).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
