namespace Solodesk.Tickets;

/// <summary>The tags that are offered where one is typed; any other word is a tag as well.</summary>
public sealed record TagSettings
{
    public IReadOnlyList<string> Suggested { get; init; } = [];
}
