namespace Solodesk.Setup;

/// <summary>Says that this desk holds the made-up company and nothing else; written by whoever made it.</summary>
public sealed record DemoSettings
{
    public bool Active { get; init; }
}
