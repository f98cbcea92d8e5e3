using Solodesk.Tickets.Needs.Parts;

namespace Solodesk.Tickets.Needs;

/// <summary>Puts the needs analysis beside the ticket: one quiet button until there is one.</summary>
internal sealed class TicketNeeds : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Panel;

    public int Order => 30;

    public Type Component => typeof(NeedsPart);
}
