namespace Solodesk.Tickets;

/// <summary>
/// Something that a feature shows beneath one message of a ticket. The component has two parameters, <c>Message</c> and <c>Here</c>: the address of the
/// conversation.
/// </summary>
public interface IMessagePart
{
    /// <summary>Low numbers stand first.</summary>
    int Order { get; }

    Type Component { get; }
}
