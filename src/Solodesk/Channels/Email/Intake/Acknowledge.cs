using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Confirms a new request to the person who sent it, with the time of an answer; never to machines, and never in a loop.</summary>
[UseCase]
internal sealed class Acknowledge(
    Conversation conversation, EmailCarrier carrier, LoopGovernor governor, AcknowledgementText text, Settings settings) : IAcknowledgement
{
    /// <summary>Whether the desk may answer this mail by itself.</summary>
    public async Task<bool> MayAsync(Filing filing, Ticket ticket, CancellationToken ct)
        => filing.Letter.WouldAutoReply && await governor.MayAsync(filing.Db, ticket.CustomerId, ticket.Id, ct);

    /// <summary>Queues the confirmation of a mail when it is switched on; gives back whether one may be sent at all.</summary>
    public async Task<bool> RunAsync(Filing filing, Ticket ticket, Customer customer, CancellationToken ct)
    {
        var may = await MayAsync(filing, ticket, ct);
        if (!await WantedAsync(filing.Db, ticket, ct))
        {
            return may;
        }

        if (!may)
        {
            var refusal = filing.Letter.Mail.AutoReplyRefusal;
            Withhold(filing.Db, ticket, refusal is null ? filing.Letter.WouldAutoReply ? "limit" : "own" : $"{refusal.Header}: {refusal.Value}");
            return false;
        }

        await QueueAsync(filing.Db, ticket, customer, ct);
        return true;
    }

    /// <summary>Of a request that did not come by mail: whoever typed the address, its owner hears of it no more often than of any other.</summary>
    public async Task ConfirmAsync(DeskDb db, Ticket ticket, Customer customer, CancellationToken ct)
    {
        if (!await WantedAsync(db, ticket, ct))
        {
            return;
        }

        if (await governor.MayAsync(db, customer.Id, ticket.Id, ct))
        {
            await QueueAsync(db, ticket, customer, ct);
        }
        else
        {
            Withhold(db, ticket, "limit");
        }
    }

    private async Task<bool> WantedAsync(DeskDb db, Ticket ticket, CancellationToken ct)
        => (await settings.ReadAsync<MailSettings>(ct)).Acknowledge && await carrier.MailboxForAsync(db, ticket, ct) is not null;

    private async Task QueueAsync(DeskDb db, Ticket ticket, Customer customer, CancellationToken ct)
    {
        var (body, language, author) = await text.ForAsync(ticket, customer, ct);
        var message = await conversation.AnswerAsync(db, ticket, author, new NewMessage(MessageKind.Reply, body)
        {
            Channel = "email",
            Language = language,
            Automatic = true,
        }, ct);
        if (await carrier.CarryAsync(db, ticket, message, customer, ct))
        {
            db.Add(TicketEvent.Of(ticket, Actor.System, text.Clock.GetUtcNow(), TicketEventKind.Acknowledged, message: message.Id));
        }
    }

    private void Withhold(DeskDb db, Ticket ticket, string why)
        => db.Add(TicketEvent.Of(ticket, Actor.System, text.Clock.GetUtcNow(), TicketEventKind.Withheld, to: why, field: "acknowledgement"));
}
