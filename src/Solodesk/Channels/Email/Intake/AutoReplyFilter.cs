using Solodesk.Common;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Out-of-office answers, confirmations of other desks and read receipts: kept beside the ticket they answer, which does not move for them.</summary>
internal sealed class AutoReplyFilter(Conversation conversation, IntakeWords words) : IIntakeFilter
{
    public int Order => 40;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        var letter = filing.Letter;
        if (letter.Kind != MailKind.AutoReply && letter.Mail.DispositionNotice is null)
        {
            return null;
        }

        var ticket = (await filing.ThreadAsync(ct))?.Ticket;
        if (ticket is null && await Threads.OwnMessageAsync(filing.Db, letter.Mail.DispositionNotice?.OriginalMessageId, letter.Key, ct) is { } read)
        {
            ticket = await Threads.TargetAsync(filing.Db, read.TicketId, ct);
        }

        if (ticket is null)
        {
            return new Verdict(MailOutcome.AutoReply, Why: letter.Proof);
        }

        var machine = new Actor(ActorKind.Customer, null, letter.Author?.Display ?? "", Role.None);
        var record = await conversation.RecordAsync(filing.Db, ticket, machine, letter.Said(MessageKind.System, filing.Row.Id, words.Clock),
            TicketEventKind.AutoReplied, letter.Proof, ct);
        return new Verdict(MailOutcome.AutoReply, ticket, record, letter.Proof);
    }
}
