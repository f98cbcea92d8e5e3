using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Complaints;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tickets;

/// <summary>Answers the customer, passes a message on to others, or leaves a note that only the desk sees; the status can change with it.</summary>
[UseCase]
public sealed class ReplyToTicket(DeskWriter writer, Conversation conversation, IEnumerable<IMessageCarrier> carriers, Mentions mentions, ComplaintGuard complaints, TimeProvider clock)
{
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Markdown">What is said.</param>
    /// <param name="Internal">A note instead of a reply.</param>
    public sealed record Request(Guid Ticket, string Markdown, bool Internal)
    {
        /// <summary>The status afterwards; null waits on the customer after a reply and keeps it after a note or a forward.</summary>
        public TicketStatus? Status { get; init; }

        /// <summary>Who gets it; empty writes to the customer.</summary>
        public IReadOnlyList<string> To { get; init; } = [];

        public IReadOnlyList<string> Cc { get; init; } = [];
        public IReadOnlyList<string> Bcc { get; init; } = [];

        /// <summary>Uploaded files, or files of this ticket's messages, which are sent again.</summary>
        public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

        /// <summary>The message to pass on; the customer does not see it. <see cref="To"/> is needed.</summary>
        public Guid? ForwardOf { get; init; }

        /// <summary>What stands below the words of a forward, instead of the one message.</summary>
        internal string? PassedOn { get; init; }

        /// <summary>What the writer saw; with it the answer is refused when somebody wrote meanwhile.</summary>
        public Seen? Seen { get; init; }

        /// <summary>The id that the message gets; null makes one.</summary>
        public Guid? Id { get; init; }

        /// <summary>An id that the sender made: who sends again, not knowing whether it arrived, says it once.</summary>
        public Guid? Once { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
        => Check(actor, request) is { } problem ? problem : await writer.RunAsync(db => SayAsync(db, actor, request, ct), ct);

    /// <summary>What is wrong with a request whatever the ticket's state is.</summary>
    public static Problem? Check(Actor actor, Request request)
        => !actor.CanWork ? Problem.Forbidden
            : string.IsNullOrWhiteSpace(request.Markdown) && request.AttachmentIds.Count == 0 && request.ForwardOf is null ? new Problem("message.empty") { Field = "markdown" }
            : request.ForwardOf is not null && request.To.Count == 0 ? new Problem("message.recipient_missing") { Field = "to" }
            : request.To.Concat(request.Cc).Concat(request.Bcc).FirstOrDefault(a => !FindCustomer.IsEmail(a)) is { } wrong
                ? new Problem("message.recipient_invalid", wrong) { Field = request.To.Contains(wrong) ? "to" : "cc" }
            : null;

    /// <summary>The same inside the caller's transaction.</summary>
    public async Task<Result<Guid>> SayAsync(DeskDb db, Actor actor, Request request, CancellationToken ct)
    {
        var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct);
        if (ticket is null)
        {
            return Problem.NotFound("ticket");
        }

        if (request.Once is { } once && await db.Set<Message>().AnyAsync(m => m.Id == once && m.TicketId == ticket.Id, ct))
        {
            return once;
        }

        if (await StaleGuard.CheckAsync(db, ticket.Id, request.Seen, ct) is { } stale)
        {
            return stale;
        }

        if (await complaints.CheckAsync(db, ticket, request.Status, null, ct) is { } unsettled)
        {
            return unsettled;
        }

        Message? passedOn = null;
        if (request.ForwardOf is { } forwarded)
        {
            passedOn = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == forwarded && m.TicketId == ticket.Id, ct);
            if (passedOn is null)
            {
                return Problem.NotFound("message");
            }
        }

        var message = await AddAsync(db, actor, ticket, request, passedOn, ct);
        var after = request.Status ?? (request.Internal || passedOn is not null ? null : TicketStatus.Pending);
        if (after is { } status && status != ticket.Status)
        {
            var before = ticket.Status;
            ticket.SetStatus(status, clock.GetUtcNow());
            db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), TicketEventKind.StatusChanged, before.ToString(), status.ToString()));
        }

        if (request.Id is null)
        {
            // What was held cleared its draft when it was sent; what has been begun since stays.
            await SaveDraft.ClearAsync(db, actor.Kind == ActorKind.Agent ? actor.Id : null, ticket.Id, ct);
        }

        return message.Id;
    }

    private async Task<Message> AddAsync(DeskDb db, Actor actor, Ticket ticket, Request request, Message? passedOn, CancellationToken ct)
    {
        var files = await OutgoingFiles.TakeAsync(db, request.AttachmentIds, clock, ct);
        OutgoingFiles.MarkInline(files, request.Markdown);
        var said = new NewMessage(request.Internal ? MessageKind.Note : passedOn is not null ? MessageKind.Forward : MessageKind.Reply, request.Markdown.Trim())
        {
            Id = request.Id ?? request.Once,
            Channel = request.Internal ? "desk" : passedOn is not null ? "email" : ticket.Channel,
            Quoted = passedOn is null ? null : request.PassedOn ?? ForwardedText.Of(passedOn),
            Language = ticket.Language,
            To = request.To,
            Cc = request.Cc,
            Bcc = request.Bcc,
            Attachments = files,
        };
        if (request.Internal)
        {
            var note = await conversation.NoteAsync(db, ticket, actor, said, ct);
            await mentions.MarkAsync(db, ticket, note, actor, ct);
            return note;
        }

        var message = passedOn is null
            ? await conversation.AnswerAsync(db, ticket, actor, said, ct)
            : await conversation.ForwardAsync(db, ticket, actor, said, ct);
        if (passedOn is null)
        {
            await HeldReplies.SettleAsync(db, ticket.Id, ct);
        }

        await CarryAsync(db, ticket, message, ct);
        return message;
    }

    private async Task CarryAsync(DeskDb db, Ticket ticket, Message message, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
        foreach (var carrier in carriers.OrderBy(c => c.Order))
        {
            if (await carrier.CarryAsync(db, ticket, message, customer, ct))
            {
                return;
            }
        }
    }
}
