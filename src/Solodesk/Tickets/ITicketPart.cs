namespace Solodesk.Tickets;

/// <summary>
/// Something that a feature shows beside a ticket. The core knows no features; the shelf is scanned. The component takes one parameter,
/// <c>View</c> (<see cref="ReadTicket.View"/>), and draws nothing where it has nothing to say.
/// </summary>
public interface ITicketPart
{
    TicketPartPlace Place { get; }

    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    Type Component { get; }
}

/// <summary>Above the composer, or in the panel at the right.</summary>
public enum TicketPartPlace { Talk, Panel }
