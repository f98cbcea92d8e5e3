namespace Solodesk.Tickets;

/// <summary>A section that a feature shows beside every ticket. The shelf is scanned.</summary>
public interface ITicketPanel
{
    /// <summary>The component that draws it; it gets the ticket as its parameter <c>View</c> (<see cref="ReadTicket.View"/>).</summary>
    Type Part { get; }
}
