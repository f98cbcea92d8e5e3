namespace Solodesk.Today;

/// <summary>
/// Something that a feature has prepared for the tickets of Today. The core knows no features; the shelf is scanned. Both components take
/// <c>Row</c> (<see cref="Tickets.TicketRow"/>), that of the card also <c>Said</c> (what the customer said last, a
/// <see cref="Tickets.Message"/> or null), and draw nothing where they have nothing to say.
/// </summary>
public interface IFocusPart
{
    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    /// <summary>On the card of the first ticket.</summary>
    Type Component { get; }

    /// <summary>On the line of each other one, a word or two; null for nothing.</summary>
    Type? Line => null;
}
