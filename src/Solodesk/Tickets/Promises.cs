using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Sla;

namespace Solodesk.Tickets;

/// <summary>Sets the due times of a ticket from the desk's default promise, counted in working hours; waiting on the customer does not count.</summary>
[UseCase]
public sealed class Promises(Settings settings, TimeProvider clock)
{
    public async ValueTask StartAsync(Ticket ticket, CancellationToken ct)
    {
        var (hours, promise) = await ReadAsync(ct);
        ticket.FirstResponseDueAt = Due(hours, promise, ticket.Priority, promise.FirstResponseHours, ticket.CreatedAt);
        ticket.ResolutionDueAt = Due(hours, promise, ticket.Priority, promise.ResolutionHours, ticket.CreatedAt);
    }

    /// <summary>The priority has changed: promises that still run are counted anew from the start.</summary>
    public async ValueTask RestartAsync(Ticket ticket, CancellationToken ct)
    {
        var (hours, promise) = await ReadAsync(ct);
        if (ticket.FirstRepliedAt is null)
        {
            ticket.FirstResponseDueAt = Due(hours, promise, ticket.Priority, promise.FirstResponseHours, ticket.CreatedAt);
        }

        if (!ticket.IsDone)
        {
            ticket.ResolutionDueAt = Due(hours, promise, ticket.Priority, promise.ResolutionHours, ticket.CreatedAt);
        }

        ticket.Requeue();
    }

    /// <summary>The customer has answered: the time they took is added, and a solved matter gets a whole promise again.</summary>
    public async ValueTask ResumeAsync(Ticket ticket, TicketStatus before, CancellationToken ct)
    {
        var (hours, promise) = await ReadAsync(ct);
        var now = clock.GetUtcNow();
        if (before is TicketStatus.Solved or TicketStatus.Closed || ticket.ResolutionDueAt is null)
        {
            ticket.ResolutionDueAt = Due(hours, promise, ticket.Priority, promise.ResolutionHours, now);
        }
        else if (before is TicketStatus.Pending or TicketStatus.OnHold && ticket.ResolutionDueAt > ticket.UpdatedAt && ticket.PausedAt is { } paused)
        {
            ticket.ResolutionDueAt = hours.Add(now, hours.Between(paused, ticket.ResolutionDueAt.Value));
        }

        // Every answer of the customer starts the promise of our next one.
        ticket.FirstResponseDueAt ??= Due(hours, promise, ticket.Priority, promise.FirstResponseHours, now);
        ticket.PausedAt = null;
        ticket.Requeue();
    }

    /// <summary>When the customer can expect an answer to something that comes in now; null when nothing is promised.</summary>
    public async ValueTask<DateTimeOffset?> ExpectedAnswerAsync(TicketPriority priority, CancellationToken ct)
    {
        var (hours, promise) = await ReadAsync(ct);
        return Due(hours, promise, priority, promise.FirstResponseHours, clock.GetUtcNow());
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

    private async ValueTask<(BusinessHours Hours, PromiseSettings Promise)> ReadAsync(CancellationToken ct)
        => ((await settings.ReadAsync<BusinessSettings>(ct)).Hours, await settings.ReadAsync<PromiseSettings>(ct));
}
