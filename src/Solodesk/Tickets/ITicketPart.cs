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

/// <summary>Where a part of a ticket's page stands.</summary>
public enum TicketPartPlace
{
    /// <summary>Between the conversation and the composer.</summary>
    Talk,

    /// <summary>In the panel at the right.</summary>
    Panel,

    /// <summary>Above the conversation.</summary>
    Top,

    /// <summary>Inside the composer's form, above its text: buttons, no forms.</summary>
    Composer,
}
