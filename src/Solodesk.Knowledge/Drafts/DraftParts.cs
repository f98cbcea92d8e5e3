using Solodesk.Tickets;

namespace Solodesk.Knowledge.Drafts;

/// <summary>Offers a reply above the composer's text.</summary>
internal sealed class DraftParts : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Composer;

    public int Order => 10;

    public Type Component => typeof(ReplyDraftBar);
}
