using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Complaints;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets;

/// <summary>Changes what is known about a ticket: each field that really differs leaves one line in the history.</summary>
[UseCase]
public sealed class ChangeTicket(DeskWriter writer, Promises promises, ComplaintGuard complaints, TimeProvider clock)
{
    /// <summary>What to change; null leaves a field as it is.</summary>
    public sealed record Request(Guid Ticket)
    {
        public string? Subject { get; init; }
        public TicketStatus? Status { get; init; }
        public TicketPriority? Priority { get; init; }
        public TicketType? Type { get; init; }

        /// <summary>Of a complaint.</summary>
        public ComplaintSeverity? Severity { get; init; }

        /// <summary><see cref="Guid.Empty"/> takes the category away.</summary>
        public Guid? CategoryId { get; init; }

        public IReadOnlyList<string>? Tags { get; init; }

        /// <summary><see cref="Guid.Empty"/> takes the assignee away.</summary>
        public Guid? AssigneeId { get; init; }

        /// <summary>Custom fields by key; an empty value clears one.</summary>
        public IReadOnlyDictionary<string, string>? Custom { get; init; }

        public IReadOnlyList<Guid>? FollowerIds { get; init; }

        /// <summary>A time in the past wakes it.</summary>
        public DateTimeOffset? SnoozeUntil { get; init; }

        public bool? Unread { get; init; }
        public bool? Spam { get; init; }

        /// <summary>The version that the change was decided on; refused when the ticket has moved on since.</summary>
        public long? Version { get; init; }
    }

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct);
            if (ticket is null)
            {
                return Problem.NotFound("ticket");
            }

            if (request.Version is { } seen && seen != ticket.Version)
            {
                return new Problem("ticket.changed");
            }

            if ((await CheckAsync(db, request, ct) ?? await FieldRules.CheckAsync(db, CustomFieldTarget.Ticket, request.Custom, ticket.Custom, ct)) is { } problem)
            {
                return problem;
            }

            if (request.Severity is not null && (request.Type ?? ticket.Type) != TicketType.Complaint)
            {
                return new Problem("complaint.type") { Field = "severity" };
            }

            if (await complaints.CheckAsync(db, ticket, request.Status, request.Type, ct) is { } unsettled)
            {
                return unsettled;
            }

            var (before, version) = (ticket.Keep(), ticket.Version);
            await ApplyAsync(db, ticket, actor, request, ct);
            if (request with { Unread = null, Version = null } != new Request(request.Ticket))
            {
                TicketUndo.Keep(db, ticket, actor, before, version, clock); // To have read it is nothing to take back.
            }

            return Done.It;
        }, ct);
    }

    /// <summary>Changes a ticket inside the caller's transaction; says whether anything differed.</summary>
    internal async Task<bool> ApplyAsync(DeskDb db, Ticket ticket, Actor actor, Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var changes = new Changes(db, ticket, actor, now);
        var wasComplaint = ticket.Type == TicketType.Complaint;
        ChangeFields(ticket, request, changes);
        var judged = request.Severity is not null && changes.Note(TicketEventKind.SeverityChanged, ticket.Severity, request.Severity);
        ticket.Severity = request.Severity ?? ticket.Severity;
        if (judged || wasComplaint != (ticket.Type == TicketType.Complaint))
        {
            // Another promise holds now.
            await promises.RestartAsync(ticket, ct);
        }

        await ChangeStateAsync(ticket, request, changes, ct);
        if (changes.Any)
        {
            ticket.UpdatedAt = now;
            ticket.Version++;
        }

        return changes.Any;
    }

    private static async Task<Problem?> CheckAsync(DeskDb db, Request request, CancellationToken ct)
    {
        if (request.CategoryId is { } category && category != Guid.Empty && !await db.Set<Category>().AnyAsync(c => c.Id == category, ct))
        {
            return Problem.NotFound("category");
        }

        if (request.AssigneeId is { } agent && agent != Guid.Empty && !await db.Set<Agent>().AnyAsync(a => a.Id == agent && a.Active, ct))
        {
            return Problem.NotFound("agent");
        }

        return request.Subject is { } subject && string.IsNullOrWhiteSpace(subject) ? new Problem("ticket.subject_empty") { Field = "subject" } : null;
    }

    private static void ChangeFields(Ticket ticket, Request request, Changes changes)
    {
        if (request.Subject is { } subject && changes.Note(TicketEventKind.SubjectChanged, ticket.Subject, subject.Trim()))
        {
            ticket.Subject = Conversation.Shorten(subject.Trim(), 500);
        }

        if (request.Type is { } type && changes.Note(TicketEventKind.TypeChanged, ticket.Type, type))
        {
            ticket.Type = type;
        }

        if (request.CategoryId is { } category && changes.Note(TicketEventKind.CategoryChanged, ticket.CategoryId ?? Guid.Empty, category))
        {
            ticket.CategoryId = category == Guid.Empty ? null : category;
        }

        if (request.AssigneeId is { } assignee && changes.Note(TicketEventKind.AssigneeChanged, ticket.AssigneeId ?? Guid.Empty, assignee))
        {
            ticket.AssigneeId = assignee == Guid.Empty ? null : assignee;
        }

        if (request.Tags is { } tags)
        {
            var clean = tags.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (changes.Note(TicketEventKind.TagsChanged, string.Join(", ", ticket.Tags), string.Join(", ", clean)))
            {
                ticket.Tags = clean;
            }
        }

        if (request.FollowerIds is { } followers && changes.Note(TicketEventKind.FollowersChanged, string.Join(", ", ticket.FollowerIds), string.Join(", ", followers)))
        {
            ticket.FollowerIds = [.. followers.Distinct()];
        }

        foreach (var (key, value) in request.Custom ?? new Dictionary<string, string>())
        {
            if (changes.Note(TicketEventKind.FieldChanged, ticket.Custom.GetValueOrDefault(key, ""), value, key))
            {
                var custom = new Dictionary<string, string>(ticket.Custom) { [key] = value };
                if (value.Length == 0)
                {
                    custom.Remove(key);
                }

                ticket.Custom = custom;
            }
        }
    }

    private async Task ChangeStateAsync(Ticket ticket, Request request, Changes changes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (request.Priority is { } priority && changes.Note(TicketEventKind.PriorityChanged, ticket.Priority, priority))
        {
            ticket.Priority = priority;
            await promises.RestartAsync(ticket, ct);
        }

        if (request.Status is { } status && changes.Note(TicketEventKind.StatusChanged, ticket.Status, status))
        {
            var before = ticket.Status;
            ticket.SetStatus(status, now);
            if (ticket.NeedsUs && before is not (TicketStatus.New or TicketStatus.Open))
            {
                await promises.ResumeAsync(ticket, before, ct);
            }
            else if (ticket.IsDone)
            {
                ticket.WaitingSince = null;
                ticket.Unread = false;
            }
        }

        if (request.SnoozeUntil is { } until)
        {
            var sleeps = until > now;
            if (changes.Note(sleeps ? TicketEventKind.Snoozed : TicketEventKind.Woken, ticket.SnoozedUntil?.ToString("O") ?? "", sleeps ? until.ToString("O") : ""))
            {
                ticket.Snooze(sleeps ? until : null);
            }
        }

        if (request.Spam is { } spam && changes.Note(TicketEventKind.MarkedSpam, ticket.Spam, spam))
        {
            ticket.MarkSpam(spam);
        }

        if (request.Unread is { } unread && ticket.Unread != unread)
        {
            ticket.Unread = unread;
            changes.Note(TicketEventKind.Read, !unread, unread);
        }
    }

    /// <summary>Compares and writes the history line.</summary>
    private sealed class Changes(DeskDb db, Ticket ticket, Actor actor, DateTimeOffset now)
    {
        public bool Any { get; private set; }

        public bool Note<T>(TicketEventKind kind, T from, T to, string? field = null)
        {
            if (EqualityComparer<T>.Default.Equals(from, to))
            {
                return false;
            }

            Any = true;
            db.Add(TicketEvent.Of(ticket, actor, now, kind, from?.ToString(), to?.ToString(), field: field));
            return true;
        }
    }
}
