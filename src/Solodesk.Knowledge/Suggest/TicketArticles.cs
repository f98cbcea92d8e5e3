using Solodesk.Tickets;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Puts the articles that may answer beside every ticket.</summary>
internal sealed class TicketArticles : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Panel;

    public int Order => 10;

    public Type Component => typeof(ArticlesPanel);
}
