using System.Text.Json;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Live;

/// <summary>Tells this process, and through the database the other nodes, what was committed.</summary>
public sealed class LiveFeed(IDatabase database, RecentReads recent)
{
    /// <summary>Tells our own notices from the other nodes'.</summary>
    private readonly string _node = Path.GetRandomFileName();

    /// <summary>Raised when another node has saved a section of the settings.</summary>
    public event Action? SettingsChanged;

    /// <summary>Raised after a commit, on the committing thread: listeners must be quick and must not throw.</summary>
    public event Action<IReadOnlyList<LiveChange>>? Changed;

    /// <summary>Raised when pages of another node went from ticket to ticket.</summary>
    internal event Action<IReadOnlyList<PresenceStep>>? Moved;

    /// <summary>Inside the transaction: the notice travels with the commit or not at all.</summary>
    public Task AnnounceAsync(DeskDb db, IReadOnlyList<TicketEvent> events, CancellationToken ct)
        => events.Count == 0 ? Task.CompletedTask : database.NotifyAsync(db, JsonSerializer.Serialize(new Notice(_node, Changes(events))), ct);

    /// <summary>Inside the transaction that saves a section of the settings.</summary>
    public Task AnnounceSettingsAsync(DeskDb db, CancellationToken ct)
        => database.NotifyAsync(db, JsonSerializer.Serialize(new Notice(_node, [], Settings: true)), ct);

    /// <summary>Outside any transaction: nothing is saved.</summary>
    internal Task AnnounceMovesAsync(DeskDb db, IReadOnlyList<PresenceStep> steps, CancellationToken ct)
        => database.NotifyAsync(db, JsonSerializer.Serialize(new Notice(_node, [], Moves: steps)), ct);

    /// <summary>After the commit, to this process.</summary>
    public void Publish(IReadOnlyList<TicketEvent> events)
    {
        if (events.Count > 0)
        {
            Changed?.Invoke(Changes(events));
        }
    }

    /// <summary>A notice came from the database; our own were already published.</summary>
    public void Receive(string notice)
    {
        if (JsonSerializer.Deserialize<Notice>(notice) is { } received && received.Node != _node)
        {
            if (received.Moves is { } moves)
            {
                Moved?.Invoke(moves);
                return;
            }

            recent.Forget();
            if (received.Settings)
            {
                SettingsChanged?.Invoke();
            }

            if (received.Changes.Count > 0)
            {
                Changed?.Invoke(received.Changes);
            }
        }
    }

    // A notice of PostgreSQL holds 8,000 bytes; a mass change is told by its first tickets and the pages' next look.
    private static IReadOnlyList<LiveChange> Changes(IReadOnlyList<TicketEvent> events)
        => [.. events.Take(25).Select(e => new LiveChange(e.TicketId, e.TicketNumber, e.Kind, e.MessageId, e.ActorId))];

    private sealed record Notice(string Node, IReadOnlyList<LiveChange> Changes, bool Settings = false, IReadOnlyList<PresenceStep>? Moves = null);
}
