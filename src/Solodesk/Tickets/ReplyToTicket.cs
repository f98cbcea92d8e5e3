using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Answers the customer, or leaves a note that only the desk sees; the status can change with it.</summary>
[UseCase]
public sealed class ReplyToTicket(DeskWriter writer, Conversation conversation, IEnumerable<IMessageCarrier> carriers, TimeProvider clock)
{
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Markdown">What is said.</param>
    /// <param name="Internal">A note instead of a reply.</param>
    public sealed record Request(Guid Ticket, string Markdown, bool Internal)
    {
        /// <summary>The status afterwards; null waits on the customer after a reply and keeps it after a note.</summary>
        public TicketStatus? Status { get; init; }

        public IReadOnlyList<string> Cc { get; init; } = [];
        public IReadOnlyList<string> Bcc { get; init; } = [];
        public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
        => Check(actor, request) is { } problem ? problem : await writer.RunAsync(db => SayAsync(db, actor, request, ct), ct);

    /// <summary>What is wrong with a request whatever the ticket's state is.</summary>
    public static Problem? Check(Actor actor, Request request)
        => !actor.CanWork ? Problem.Forbidden
            : string.IsNullOrWhiteSpace(request.Markdown) && request.AttachmentIds.Count == 0 ? new Problem("message.empty") { Field = "markdown" }
            : request.Cc.Concat(request.Bcc).FirstOrDefault(a => !FindCustomer.IsEmail(a)) is { } wrong ? new Problem("message.recipient_invalid", wrong) { Field = "cc" }
            : null;

    /// <summary>The same inside the caller's transaction.</summary>
    public async Task<Result<Guid>> SayAsync(DeskDb db, Actor actor, Request request, CancellationToken ct)
    {
        var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct);
        if (ticket is null)
        {
            return Problem.NotFound("ticket");
        }

        var attachments = request.AttachmentIds.Count == 0 ? [] : await db.Set<Attachment>()
            .Where(a => request.AttachmentIds.Contains(a.Id) && a.MessageId == null).ToListAsync(ct);
        var said = new NewMessage(request.Internal ? MessageKind.Note : MessageKind.Reply, request.Markdown.Trim())
        {
            Channel = request.Internal ? "desk" : ticket.Channel,
            Language = ticket.Language,
            Cc = request.Cc,
            Bcc = request.Bcc,
            Attachments = attachments,
        };
        var message = request.Internal
            ? await conversation.NoteAsync(db, ticket, actor, said, ct)
            : await conversation.AnswerAsync(db, ticket, actor, said, ct);
        if (!request.Internal)
        {
            await CarryAsync(db, ticket, message, ct);
        }

        if ((request.Status ?? (request.Internal ? null : TicketStatus.Pending)) is { } status && status != ticket.Status)
        {
            var before = ticket.Status;
            ticket.SetStatus(status, clock.GetUtcNow());
            db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), TicketEventKind.StatusChanged, before.ToString(), status.ToString()));
        }

        return message.Id;
    }

    private async Task CarryAsync(DeskDb db, Ticket ticket, Message message, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
        foreach (var carrier in carriers)
        {
            if (await carrier.CarryAsync(db, ticket, message, customer, ct))
            {
                return;
            }
        }
    }
}
