namespace Solodesk.Today;

/// <summary>
/// Something that a feature has prepared for the first ticket of Today. The core knows no features; the shelf is scanned. The component takes one
/// parameter, <c>Row</c> (<see cref="Tickets.TicketRow"/>), and draws nothing where it has nothing to say.
/// </summary>
public interface IFocusPart
{
    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    Type Component { get; }
}
