using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Confirms a new request to the person who sent it, with the time of an answer; never to machines, and never in a loop.</summary>
[UseCase]
internal sealed class Acknowledge(
    Conversation conversation, EmailCarrier carrier, LoopGovernor governor, AcknowledgementText text, Settings settings)
{
    /// <summary>Whether the desk may answer this mail by itself.</summary>
    public async Task<bool> MayAsync(Filing filing, Ticket ticket, CancellationToken ct)
        => filing.Letter.WouldAutoReply && await governor.MayAsync(filing.Db, ticket.CustomerId, ticket.Id, ct);

    /// <summary>Queues the confirmation when it is switched on; gives back whether one may be sent at all.</summary>
    public async Task<bool> RunAsync(Filing filing, Ticket ticket, Customer customer, CancellationToken ct)
    {
        var may = await MayAsync(filing, ticket, ct);
        if (!(await settings.ReadAsync<MailSettings>(ct)).Acknowledge || await carrier.MailboxForAsync(filing.Db, ticket, ct) is null)
        {
            return may;
        }

        if (!may)
        {
            var refusal = filing.Letter.Mail.AutoReplyRefusal;
            filing.Db.Add(TicketEvent.Of(ticket, Actor.System, text.Clock.GetUtcNow(), TicketEventKind.Withheld,
                to: refusal is null ? filing.Letter.WouldAutoReply ? "limit" : "own" : $"{refusal.Header}: {refusal.Value}", field: "acknowledgement"));
            return false;
        }

        var (body, language, author) = await text.ForAsync(ticket, customer, ct);
        var message = await conversation.AnswerAsync(filing.Db, ticket, author, new NewMessage(MessageKind.Reply, body)
        {
            Channel = "email",
            Language = language,
            Automatic = true,
        }, ct);
        if (await carrier.CarryAsync(filing.Db, ticket, message, customer, ct))
        {
            filing.Db.Add(TicketEvent.Of(ticket, Actor.System, text.Clock.GetUtcNow(), TicketEventKind.Acknowledged, message: message.Id));
        }

        return true;
    }
}
