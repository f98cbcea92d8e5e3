using Solodesk.Engine.Sla;
using Solodesk.Tickets;

namespace Solodesk.Today;

/// <summary>What makes a ticket urgent, each with its weight. Weights are points: a promise about to break outweighs everything but a greater one.</summary>
internal static class Weigh
{
    public sealed record Facts(int InboundCount, bool Replied, int ReopenCount, decimal? YearlyValue, DateTimeOffset? RenewsAt, ComplaintSeverity? Complaint = null);

    public static List<ReadToday.Reason> All(TicketRow row, Facts facts, BusinessHours hours, DateTimeOffset now)
    {
        var reasons = new List<ReadToday.Reason>();
        Promise(reasons, row, hours, now);
        if (row.Priority >= TicketPriority.High)
        {
            reasons.Add(new("priority", row.Priority, row.Priority == TicketPriority.Urgent ? 40 : 18));
        }

        if (facts.Complaint is { } severity)
        {
            reasons.Add(new("complaint", severity, severity switch { ComplaintSeverity.Critical => 25, ComplaintSeverity.Serious => 12, ComplaintSeverity.Minor => 6 }));
        }

        if (facts.InboundCount > 1)
        {
            reasons.Add(new("repeat", facts.InboundCount, Math.Min(24, 8 * (facts.InboundCount - 1))));
        }

        if (facts.ReopenCount > 0)
        {
            reasons.Add(new("reopened", facts.ReopenCount, 10));
        }

        if (row.DeliveryFailed)
        {
            reasons.Add(new("undelivered", null, 60));
        }

        Value(reasons, row, facts, now);
        if (row.WaitingSince is { } since && now - since > TimeSpan.FromHours(1))
        {
            reasons.Add(new("waiting", now - since, Math.Min(20, 2 * Math.Log2(1 + (now - since).TotalHours))));
        }

        return reasons;
    }

    private static void Promise(List<ReadToday.Reason> reasons, TicketRow row, BusinessHours hours, DateTimeOffset now)
    {
        if (row.DueAt == Ticket.NeverDue)
        {
            return;
        }

        if (row.DueAt < now)
        {
            reasons.Add(new("late", hours.Between(row.DueAt, now), 80 + Math.Min(20, hours.Between(row.DueAt, now).TotalHours)));
            return;
        }

        // 70 points at the last minute, half of it with two working hours left, little with a day left.
        var left = hours.Between(now, row.DueAt);
        reasons.Add(new("promise", row.DueAt, 70 / (1 + (left.TotalHours / 2))));
    }

    private static void Value(List<ReadToday.Reason> reasons, TicketRow row, Facts facts, DateTimeOffset now)
    {
        if (facts.YearlyValue is > 0 and var value)
        {
            reasons.Add(new("value", value, Math.Min(20, 2 * Math.Log10((double)value + 1) + (row.Vip ? 6 : 0))));
        }
        else if (row.Vip)
        {
            reasons.Add(new("vip", null, 12));
        }

        if (facts.RenewsAt is { } renews && renews > now && renews < now.AddDays(45))
        {
            reasons.Add(new("renewal", renews - now, 14));
        }
    }
}
