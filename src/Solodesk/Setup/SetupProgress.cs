namespace Solodesk.Setup;

/// <summary>Which steps of the first visit were done or skipped.</summary>
public sealed record SetupProgress
{
    public IReadOnlyList<string> Passed { get; init; } = [];
}
