using Solodesk.Engine.Conditions;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Views;

/// <summary>
/// Reads from a condition in which queues its tickets can stand at all. The index by queue then finds them, however large the history is.
/// A bound may be too wide, never too narrow.
/// </summary>
internal static class QueueBounds
{
    private static readonly TicketQueue[] Every = Enum.GetValues<TicketQueue>();

    /// <summary>Queues that hold work in hand: as many tickets as people can have open.</summary>
    public static readonly TicketQueue[] Working = [TicketQueue.Mine, TicketQueue.Waiting, TicketQueue.Held, TicketQueue.Snoozed];

    /// <summary>The queues of a view. Spam and what was merged away stay out unless the condition asks for them.</summary>
    public static IReadOnlySet<TicketQueue> Of(Condition condition)
    {
        var queues = Narrowed(condition) ?? [.. Every];
        var fields = ReadTicketFields.Leaves(condition).Select(c => c.Field).ToHashSet(StringComparer.Ordinal);
        if (!fields.Contains(TicketFields.Queue))
        {
            queues.Remove(TicketQueue.Merged);
            if (!fields.Contains(TicketFields.Spam))
            {
                queues.Remove(TicketQueue.Spam);
            }
        }

        return queues;
    }

    /// <summary>Whether the queues alone are the condition.</summary>
    public static bool IsWhole(Condition condition) => condition switch
    {
        Comparison { Field: TicketFields.Queue, Operator: Op.Is or Op.AnyOf } => true,
        AllOf all => all.Parts.All(IsWhole),
        AnyOf or Not or Comparison => false,
        _ => false,
    };

    private static HashSet<TicketQueue>? Narrowed(Condition condition) => condition switch
    {
        AllOf all => all.Parts.Select(Narrowed).Aggregate((HashSet<TicketQueue>?)null, Both),
        AnyOf any => any.Parts.Select(Narrowed).Aggregate((HashSet<TicketQueue>?)[], Either),
        Comparison { Field: TicketFields.Queue } one => Chosen<TicketQueue>(one) is { } queues ? [.. queues] : null,
        Comparison { Field: TicketFields.Status } one => Chosen<TicketStatus>(one) is { } statuses ? [.. statuses.SelectMany(QueuesOf)] : null,
        Comparison { Field: TicketFields.Spam, Operator: Op.Is, Value: FlagValue { Value: true } } => [TicketQueue.Spam, TicketQueue.Merged],
        _ => null,
    };

    private static HashSet<TicketQueue>? Both(HashSet<TicketQueue>? a, HashSet<TicketQueue>? b) => a is null ? b : b is null ? a : [.. a.Intersect(b)];

    private static HashSet<TicketQueue>? Either(HashSet<TicketQueue>? a, HashSet<TicketQueue>? b) => a is null || b is null ? null : [.. a.Union(b)];

    private static IEnumerable<T>? Chosen<T>(Comparison comparison) where T : struct, Enum
    {
        T? Read(ConditionValue value) => value is TextValue { Value: var text } && Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        List<T> chosen = comparison.Value switch
        {
            TextValue one => Read(one) is { } only ? [only] : [],
            ManyValues many => [.. many.Items.Select(Read).OfType<T>()],
            _ => [],
        };
        return comparison.Operator switch
        {
            Op.Is or Op.AnyOf => chosen,
            Op.IsNot or Op.NoneOf => Enum.GetValues<T>().Except(chosen),
            _ => null,
        };
    }

    // Spam, merged and sleeping tickets keep their status.
    private static IEnumerable<TicketQueue> QueuesOf(TicketStatus status) =>
    [
        TicketQueue.Spam, TicketQueue.Merged,
        .. status switch
        {
            TicketStatus.New or TicketStatus.Open => new[] { TicketQueue.Mine, TicketQueue.Snoozed },
            TicketStatus.Pending => [TicketQueue.Waiting, TicketQueue.Snoozed],
            TicketStatus.OnHold => [TicketQueue.Held, TicketQueue.Snoozed],
            TicketStatus.Solved => [TicketQueue.Solved],
            TicketStatus.Closed => [TicketQueue.Closed],
        },
    ];
}
