using Solodesk.Customers;
using Solodesk.FollowUps.Parts;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>Puts the follow-ups beside every ticket.</summary>
internal sealed class TicketFollowUps : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Panel;

    public int Order => 20;

    public Type Component => typeof(FollowUpsOfTicket);
}

/// <summary>And on every customer's page.</summary>
internal sealed class CustomerFollowUps : ICustomerPart
{
    public int Order => 10;

    public Type Component => typeof(FollowUpsOfCustomer);
}
