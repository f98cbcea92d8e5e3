using Solodesk.Tickets;

namespace Solodesk.Chat.Parts;

/// <summary>Above the composer: whether the visitor is there, types, has read.</summary>
internal sealed class PresencePart : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Talk;

    public int Order => 10;

    public Type Component => typeof(PresenceLine);
}

/// <summary>In the panel: where the visitor is and with what.</summary>
internal sealed class VisitorPart : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Panel;

    public int Order => 20;

    public Type Component => typeof(VisitorFacts);
}
