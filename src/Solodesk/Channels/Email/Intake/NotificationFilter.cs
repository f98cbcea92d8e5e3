using Solodesk.Common;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Machines with something to tell (a failed payment, an app store's review) are worth a ticket. This filter only notes on the thread they
/// belong to that a machine wrote; no answer ever goes back by itself.
/// </summary>
internal sealed class NotificationFilter(IntakeWords words) : IIntakeFilter
{
    public int Order => 60;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        if (filing.Letter.Kind == MailKind.Notification && await filing.ThreadAsync(ct) is { Ticket: { } ticket })
        {
            filing.Db.Add(TicketEvent.Of(ticket, Actor.System, words.Clock.GetUtcNow(), TicketEventKind.Withheld, to: filing.Letter.Proof, field: "acknowledgement"));
        }

        return null;
    }
}
