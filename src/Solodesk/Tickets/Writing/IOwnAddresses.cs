using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>A channel that knows which addresses are our own, so that we never answer to ourselves. Channels provide it.</summary>
public interface IOwnAddresses
{
    ValueTask<IReadOnlyCollection<string>> ReadAsync(CancellationToken ct);

    /// <summary>What they belong to, for choosing one.</summary>
    Task<IReadOnlyList<(Guid Id, string Name)>> NamesAsync(DeskDb db, CancellationToken ct);
}
