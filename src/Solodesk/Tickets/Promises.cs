using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Sla;
using Solodesk.Tickets.Complaints;

namespace Solodesk.Tickets;

/// <summary>Sets the due times of a ticket from the desk's default promise, counted in working hours; waiting on the customer does not count.</summary>
[UseCase]
public sealed class Promises(Settings settings, TimeProvider clock)
{
    public async ValueTask StartAsync(Ticket ticket, CancellationToken ct)
    {
        var rules = await ReadAsync(ct);
        ticket.FirstResponseDueAt = rules.FirstResponse(ticket, ticket.CreatedAt);
        ticket.ResolutionDueAt = rules.Resolution(ticket, ticket.CreatedAt);
    }

    /// <summary>The priority, or what is promised, has changed: promises that still run are counted anew from the start.</summary>
    public async ValueTask RestartAsync(Ticket ticket, CancellationToken ct)
    {
        var rules = await ReadAsync(ct);
        if (ticket.FirstRepliedAt is null)
        {
            ticket.FirstResponseDueAt = rules.FirstResponse(ticket, ticket.CreatedAt);
        }

        if (!ticket.IsDone)
        {
            ticket.ResolutionDueAt = rules.Resolution(ticket, ticket.CreatedAt);
        }

        ticket.Requeue();
    }

    /// <summary>The customer has answered: the time they took is added, and a solved matter gets a whole promise again.</summary>
    public async ValueTask ResumeAsync(Ticket ticket, TicketStatus before, CancellationToken ct)
    {
        var rules = await ReadAsync(ct);
        var now = clock.GetUtcNow();
        if (before is TicketStatus.Solved or TicketStatus.Closed || ticket.ResolutionDueAt is null)
        {
            ticket.ResolutionDueAt = rules.Resolution(ticket, now);
        }
        else if (before is TicketStatus.Pending or TicketStatus.OnHold && ticket.ResolutionDueAt > ticket.UpdatedAt && ticket.PausedAt is { } paused)
        {
            ticket.ResolutionDueAt = rules.Hours.Add(now, rules.Hours.Between(paused, ticket.ResolutionDueAt.Value));
        }

        // Every answer of the customer starts the promise of our next one.
        ticket.FirstResponseDueAt ??= rules.FirstResponse(ticket, now);
        ticket.PausedAt = null;
        ticket.Requeue();
    }

    /// <summary>When the customer can expect an answer to something that comes in now; null when nothing is promised.</summary>
    public async ValueTask<DateTimeOffset?> ExpectedAnswerAsync(TicketPriority priority, CancellationToken ct)
    {
        var rules = await ReadAsync(ct);
        return Due(rules.Hours, rules.Promise, priority, rules.Promise.FirstResponseHours, clock.GetUtcNow());
    }

    internal static DateTimeOffset? Due(BusinessHours hours, PromiseSettings promise, TicketPriority priority, double length, DateTimeOffset from)
    {
        if (!promise.Enabled || length <= 0)
        {
            return null;
        }

        var share = priority switch
        {
            TicketPriority.Urgent => promise.UrgentShare,
            TicketPriority.High => (1 + promise.UrgentShare) / 2,
            TicketPriority.Normal => 1,
            TicketPriority.Low => 2,
        };
        try
        {
            return hours.Add(from, TimeSpan.FromHours(length * share));
        }
        catch (NoWorkingTimeException)
        {
            return null; // A business that never opens promises nothing.
        }
    }

    private async ValueTask<Rules> ReadAsync(CancellationToken ct)
        => new((await settings.ReadAsync<BusinessSettings>(ct)).Hours, await settings.ReadAsync<PromiseSettings>(ct), await settings.ReadAsync<ComplaintSettings>(ct));

    /// <summary>What is promised: to those who complain by severity, to the others by priority.</summary>
    internal sealed record Rules(BusinessHours Hours, PromiseSettings Promise, ComplaintSettings Complaints)
    {
        private static readonly PromiseSettings Plain = new();

        public DateTimeOffset? FirstResponse(Ticket ticket, DateTimeOffset from)
            => Own(ticket) is { } own ? Due(Hours, Plain, TicketPriority.Normal, own.FirstResponseHours, from) : Due(Hours, Promise, ticket.Priority, Promise.FirstResponseHours, from);

        public DateTimeOffset? Resolution(Ticket ticket, DateTimeOffset from)
            => Own(ticket) is { } own ? Due(Hours, Plain, TicketPriority.Normal, own.ResolutionHours, from) : Due(Hours, Promise, ticket.Priority, Promise.ResolutionHours, from);

        private ComplaintPromise? Own(Ticket ticket) => ticket.Type == TicketType.Complaint && Complaints.OwnPromise ? Complaints.For(ticket.Severity) : null;
    }
}
