using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Sends mail of the desk itself, to those who work it. The core knows no channel; the shelf is scanned.</summary>
public interface IDeskPost
{
    /// <summary>Queues a letter in the caller's transaction; false when no mail can go out.</summary>
    Task<bool> QueueAsync(DeskDb db, DeskLetter letter, CancellationToken ct);
}

/// <summary>A letter of the desk's own making, kept as it is until it has left.</summary>
public sealed record DeskLetter
{
    public string To { get; init; } = "";
    public string Name { get; init; } = "";
    public string Subject { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Body { get; init; } = "";
}
