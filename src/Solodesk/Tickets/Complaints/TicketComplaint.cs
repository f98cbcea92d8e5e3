using Solodesk.Tickets.Complaints.Parts;

namespace Solodesk.Tickets.Complaints;

/// <summary>Puts a complaint's severity and closing beside its ticket.</summary>
internal sealed class TicketComplaint : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Panel;

    public int Order => 5;

    public Type Component => typeof(ComplaintPart);
}
