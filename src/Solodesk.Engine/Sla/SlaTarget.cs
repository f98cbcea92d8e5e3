namespace Solodesk.Engine.Sla;

/// <summary>How much working time a promise allows, by the priority of the ticket.</summary>
/// <param name="Kind">What is promised.</param>
/// <param name="Otherwise">The working time for a priority that <paramref name="ByPriority"/> does not name; null promises nothing.</param>
/// <param name="ByPriority">The working time by the key of the priority (<c>urgent</c>, <c>high</c> …), all greater than zero.</param>
public sealed record SlaTarget(
    PromiseKind Kind, TimeSpan? Otherwise, IReadOnlyDictionary<string, TimeSpan>? ByPriority = null)
{
    /// <summary>The working time allowed at a priority, or null when nothing is promised.</summary>
    public TimeSpan? For(string? priority) =>
        priority is not null && ByPriority is not null && ByPriority.TryGetValue(priority, out var time) ? time : Otherwise;
}
