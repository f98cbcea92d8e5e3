using Solodesk.Tickets;

namespace Solodesk.Knowledge.Digest;

/// <summary>The summary above a long conversation.</summary>
internal sealed class SummaryPart : ITicketPart
{
    public TicketPartPlace Place => TicketPartPlace.Top;

    public int Order => 10;

    public Type Component => typeof(TicketSummary);
}

/// <summary>The translation beneath a message in another language.</summary>
internal sealed class TranslationPart : IMessagePart
{
    public int Order => 10;

    public Type Component => typeof(MessageTranslation);
}
