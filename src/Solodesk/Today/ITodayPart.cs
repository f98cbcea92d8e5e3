namespace Solodesk.Today;

/// <summary>Something that a feature has to say in the right column of Today. The core knows no features; the shelf is scanned. The component takes nothing, and draws nothing where it has nothing to say.</summary>
public interface ITodayPart
{
    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    Type Component { get; }
}
