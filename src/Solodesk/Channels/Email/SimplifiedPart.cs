using Solodesk.Channels.Email.Parts;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>What is said beneath a mail whose HTML was too much to draw.</summary>
internal sealed class SimplifiedPart : IMessagePart
{
    public int Order => 5;

    public Type Component => typeof(SimplifiedMail);
}
