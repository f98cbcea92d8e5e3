using Solodesk.Tickets;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Puts the articles that may answer beside every ticket.</summary>
internal sealed class TicketArticles : ITicketPanel
{
    public Type Part => typeof(ArticlesPanel);
}
