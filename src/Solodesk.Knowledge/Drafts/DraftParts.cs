using Solodesk.Tickets;
using Solodesk.Today;

namespace Solodesk.Knowledge.Drafts;

/// <summary>Offers a reply above the composer's text.</summary>
internal sealed class DraftParts : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Composer;

    public int Order => 10;

    public Type Component => typeof(ReplyDraftBar);
}

/// <summary>Shows the prepared reply on the first card of Today.</summary>
internal sealed class FocusDraftParts : IFocusPart
{
    public int Order => 10;

    public Type Component => typeof(FocusDraft);
}

/// <summary>Where no reply was prepared, what an article says to it.</summary>
internal sealed class FocusExtractParts : IFocusPart
{
    public int Order => 20;

    public Type Component => typeof(FocusExtract);

    public Type? Line => typeof(MatchMark);
}
