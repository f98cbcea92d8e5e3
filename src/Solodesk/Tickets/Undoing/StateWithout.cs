using Solodesk.Tickets.Joining;

namespace Solodesk.Tickets.Undoing;

/// <summary>Takes one change out of a state that has gone on since.</summary>
internal static class StateWithout
{
    /// <summary>
    /// This state with everything that still is as the change left it (<paramref name="after"/>) put back to <paramref name="before"/>. A status
    /// takes its times and promises with it, or stays with them.
    /// </summary>
    public static TicketState Without(this TicketState now, TicketState before, TicketState after)
    {
        var back = now with
        {
            Subject = Pick(now.Subject, before.Subject, after.Subject),
            Priority = Pick(now.Priority, before.Priority, after.Priority),
            Type = Pick(now.Type, before.Type, after.Type),
            Severity = Pick(now.Severity, before.Severity, after.Severity),
            CategoryId = Pick(now.CategoryId, before.CategoryId, after.CategoryId),
            AssigneeId = Pick(now.AssigneeId, before.AssigneeId, after.AssigneeId),
            Spam = Pick(now.Spam, before.Spam, after.Spam),
            Tags = Pick(now.Tags, before.Tags, after.Tags),
            FollowerIds = Pick(now.FollowerIds, before.FollowerIds, after.FollowerIds),
            Custom = Pick(now.Custom, before.Custom, after.Custom),
        };
        if (now.Status != after.Status)
        {
            return back;
        }

        return back with
        {
            Status = before.Status,
            SolvedAt = Pick(now.SolvedAt, before.SolvedAt, after.SolvedAt),
            ClosedAt = Pick(now.ClosedAt, before.ClosedAt, after.ClosedAt),
            PausedAt = Pick(now.PausedAt, before.PausedAt, after.PausedAt),
            WaitingSince = Pick(now.WaitingSince, before.WaitingSince, after.WaitingSince),
            SnoozedUntil = Pick(now.SnoozedUntil, before.SnoozedUntil, after.SnoozedUntil),
            FirstResponseDueAt = Pick(now.FirstResponseDueAt, before.FirstResponseDueAt, after.FirstResponseDueAt),
            ResolutionDueAt = Pick(now.ResolutionDueAt, before.ResolutionDueAt, after.ResolutionDueAt),
            ReopenCount = Pick(now.ReopenCount, before.ReopenCount, after.ReopenCount),
        };
    }

    // A database may keep a time in microseconds only.
    private static DateTimeOffset? Pick(DateTimeOffset? now, DateTimeOffset? before, DateTimeOffset? after)
        => now?.UtcTicks / TimeSpan.TicksPerMicrosecond == after?.UtcTicks / TimeSpan.TicksPerMicrosecond ? before : now;

    private static T Pick<T>(T now, T before, T after) => EqualityComparer<T>.Default.Equals(now, after) ? before : now;

    private static List<T> Pick<T>(List<T> now, List<T> before, List<T> after)
        => [.. now.Where(t => before.Contains(t) || !after.Contains(t)), .. before.Where(t => !after.Contains(t) && !now.Contains(t))];

    private static Dictionary<string, string> Pick(Dictionary<string, string> now, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var custom = new Dictionary<string, string>(now);
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (was, left) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was == left || now.GetValueOrDefault(key) != left)
            {
                continue;
            }

            if (was is null)
            {
                custom.Remove(key);
            }
            else
            {
                custom[key] = was;
            }
        }

        return custom;
    }
}
