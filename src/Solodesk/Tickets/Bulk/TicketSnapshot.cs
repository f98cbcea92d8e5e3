using System.Text.Json;
using System.Text.Json.Serialization;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Bulk;

/// <summary>Everything of a ticket that a change can touch, so that it can be put back as it was to the last derived time.</summary>
public sealed record TicketSnapshot(
    TicketStatus Status, TicketPriority Priority, TicketType Type, Guid? CategoryId, Guid? AssigneeId, List<string> Tags, Dictionary<string, string> Custom,
    DateTimeOffset? SnoozedUntil, bool Spam, bool Unread, DateTimeOffset? WaitingSince, DateTimeOffset? SolvedAt, DateTimeOffset? ClosedAt, DateTimeOffset? PausedAt,
    DateTimeOffset? FirstResponseDueAt, DateTimeOffset? ResolutionDueAt, int ReopenCount)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    public static TicketSnapshot Of(Ticket t) => new(t.Status, t.Priority, t.Type, t.CategoryId, t.AssigneeId, [.. t.Tags], new(t.Custom), t.SnoozedUntil, t.Spam, t.Unread,
        t.WaitingSince, t.SolvedAt, t.ClosedAt, t.PausedAt, t.FirstResponseDueAt, t.ResolutionDueAt, t.ReopenCount);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TicketSnapshot Read(string json) => JsonSerializer.Deserialize<TicketSnapshot>(json, Json) ?? throw new JsonException("no snapshot");

    /// <summary>
    /// The state to go back to from <paramref name="now"/>: all of it when nothing happened since, else only what still is as the change left it.
    /// Null when there is nothing left to put back.
    /// </summary>
    internal TicketSnapshot? Back(TicketSnapshot now, BulkChange change, bool untouched)
    {
        if (untouched)
        {
            return this;
        }

        var back = now with
        {
            Priority = change.Priority == now.Priority ? Priority : now.Priority,
            Type = change.Type == now.Type ? Type : now.Type,
            CategoryId = change.CategoryId is { } category && (now.CategoryId ?? Guid.Empty) == category ? CategoryId : now.CategoryId,
            AssigneeId = change.AssigneeId is { } assignee && (now.AssigneeId ?? Guid.Empty) == assignee ? AssigneeId : now.AssigneeId,
            Tags = [.. now.Tags.Where(t => Tags.Contains(t) || !change.AddTags.Contains(t)), .. change.RemoveTags.Where(t => Tags.Contains(t) && !now.Tags.Contains(t))],
            Spam = change.Spam == now.Spam ? Spam : now.Spam,
            Custom = BackCustom(now, change),
        };
        if (change.Status == now.Status && Status != now.Status)
        {
            back = back with
            {
                Status = Status, SolvedAt = SolvedAt, ClosedAt = ClosedAt, PausedAt = PausedAt, WaitingSince = WaitingSince, SnoozedUntil = SnoozedUntil,
                FirstResponseDueAt = FirstResponseDueAt, ResolutionDueAt = ResolutionDueAt, ReopenCount = ReopenCount,
            };
        }
        else if (change.SnoozeUntil is not null && now.SnoozedUntil is { } until && until == change.SnoozeUntil)
        {
            back = back with { SnoozedUntil = SnoozedUntil };
        }

        return back.ToJson() == now.ToJson() ? null : back;
    }

    /// <summary>Puts a ticket into this state and writes its history.</summary>
    internal void Restore(DeskDb db, Ticket ticket, Actor actor, DateTimeOffset at)
    {
        var now = Of(ticket);
        void Note(TicketEventKind kind, object? from, object? to, string? field = null)
        {
            if (!Equals(from, to))
            {
                db.Add(TicketEvent.Of(ticket, actor, at, kind, from?.ToString() ?? "", to?.ToString() ?? "", field: field));
            }
        }

        Note(TicketEventKind.StatusChanged, now.Status, Status);
        Note(TicketEventKind.PriorityChanged, now.Priority, Priority);
        Note(TicketEventKind.TypeChanged, now.Type, Type);
        Note(TicketEventKind.CategoryChanged, now.CategoryId ?? Guid.Empty, CategoryId ?? Guid.Empty);
        Note(TicketEventKind.AssigneeChanged, now.AssigneeId ?? Guid.Empty, AssigneeId ?? Guid.Empty);
        Note(TicketEventKind.TagsChanged, string.Join(", ", now.Tags), string.Join(", ", Tags));
        Note(TicketEventKind.MarkedSpam, now.Spam, Spam);
        Note(SnoozedUntil is null ? TicketEventKind.Woken : TicketEventKind.Snoozed, now.SnoozedUntil?.ToString("O"), SnoozedUntil?.ToString("O"));
        foreach (var key in now.Custom.Keys.Union(Custom.Keys))
        {
            Note(TicketEventKind.FieldChanged, now.Custom.GetValueOrDefault(key, ""), Custom.GetValueOrDefault(key, ""), key);
        }

        ticket.Restore(this);
        ticket.UpdatedAt = at;
        ticket.Version++;
    }

    private Dictionary<string, string> BackCustom(TicketSnapshot now, BulkChange change)
    {
        var custom = new Dictionary<string, string>(now.Custom);
        foreach (var (key, value) in change.Custom)
        {
            if (now.Custom.GetValueOrDefault(key, "") != value)
            {
                continue;
            }

            if (Custom.TryGetValue(key, out var before))
            {
                custom[key] = before;
            }
            else
            {
                custom.Remove(key);
            }
        }

        return custom;
    }
}
