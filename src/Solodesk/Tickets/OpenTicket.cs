using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Opens a ticket, whoever asks: a page, the API, a form or a rule.</summary>
[UseCase]
public sealed class OpenTicket(DeskWriter writer, Conversation conversation, FindCustomer customers, IEnumerable<IMessageCarrier> carriers, IEnumerable<IAcknowledgement> acknowledgements)
{
    /// <param name="Subject">One line; empty takes the start of the message.</param>
    /// <param name="Body">Plain text or Markdown.</param>
    /// <param name="Channel">The channel it comes in by.</param>
    public sealed record Request(string Subject, string Body, string Channel)
    {
        public Guid? CustomerId { get; init; }
        public string? CustomerEmail { get; init; }
        public string? CustomerName { get; init; }
        public TicketPriority Priority { get; init; } = TicketPriority.Normal;
        public TicketType Type { get; init; } = TicketType.Question;

        /// <summary>Of a complaint.</summary>
        public ComplaintSeverity? Severity { get; init; }

        public Guid? CategoryId { get; init; }
        public IReadOnlyList<string> Tags { get; init; } = [];
        public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();
        public Guid? AssigneeId { get; init; }
        public Guid? MailboxId { get; init; }
        public string? Language { get; init; }
        public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

        /// <summary>We write first: the body goes to the customer instead of coming from them.</summary>
        public bool Outbound { get; init; }

        /// <summary>Filed as spam: a machine filled in the form.</summary>
        public bool Spam { get; init; }

        /// <summary>The customer did this by themselves, and hears by mail that it has arrived.</summary>
        public bool Acknowledge { get; init; }
    }

    /// <summary>What was opened.</summary>
    public sealed record Opened(Guid Id, long Number, Guid MessageId, string TrackingToken, DateTimeOffset? FirstResponseDueAt)
    {
        /// <summary>The ticket as it was written, for an answer that needs no second look.</summary>
        internal Ticket Ticket { get; init; } = null!;

        internal string CustomerName { get; init; } = "";
    }

    public async Task<Result<Opened>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork && actor.Kind != ActorKind.Customer)
        {
            return Problem.Forbidden;
        }

        if (string.IsNullOrWhiteSpace(request.Body))
        {
            return new Problem("message.empty") { Field = "body" };
        }

        return await writer.RunAsync<Opened>(async db =>
        {
            var found = request.CustomerId is { } id
                ? await db.Set<Customer>().SingleOrDefaultAsync(c => c.Id == id, ct)
                : await customers.ByEmailAsync(db, request.CustomerEmail ?? "", request.CustomerName, request.Language, ct);
            if (found is null)
            {
                return request.CustomerId is null ? new Problem("customer.email_invalid") { Field = "email" } : Problem.NotFound("customer");
            }

            if (await FieldRules.CheckAsync(db, CustomFieldTarget.Ticket, request.Custom, null, ct) is { } misfit)
            {
                return misfit;
            }

            var subject = string.IsNullOrWhiteSpace(request.Subject) ? FirstLine(request.Body) : request.Subject.Trim();
            var ticket = await conversation.OpenAsync(db, actor.Kind == ActorKind.Customer ? AsCustomer(found) : actor, new NewTicket(subject, found.Id, request.Channel)
            {
                OrganizationId = found.OrganizationId,
                MailboxId = request.MailboxId,
                Priority = request.Priority,
                Type = request.Type,
                Severity = request.Type == TicketType.Complaint ? request.Severity : null,
                CategoryId = request.CategoryId,
                Tags = request.Tags,
                Custom = request.Custom,
                AssigneeId = request.AssigneeId,
                Language = request.Language ?? found.Language,
                Spam = found.Blocked || request.Spam,
            }, ct);
            found.TicketCount++;
            var attachments = request.AttachmentIds.Count == 0 ? [] : await db.Set<Attachment>()
                .Where(a => request.AttachmentIds.Contains(a.Id) && a.MessageId == null).ToListAsync(ct);
            var said = new NewMessage(request.Outbound ? MessageKind.Reply : MessageKind.Inbound, request.Body.Trim())
            {
                Channel = request.Channel,
                Language = request.Language,
                FromAddress = request.Outbound ? null : request.CustomerEmail,
                Attachments = attachments,
            };
            if (!request.Outbound)
            {
                var received = await conversation.ReceiveAsync(db, ticket, AsCustomer(found), said, ct);
                foreach (var acknowledgement in request.Acknowledge && ticket.Queue != TicketQueue.Spam ? acknowledgements : [])
                {
                    await acknowledgement.ConfirmAsync(db, ticket, found, ct);
                }

                return new Opened(ticket.Id, ticket.Number, received.Id, ticket.TrackingToken, ticket.FirstResponseDueAt) { Ticket = ticket, CustomerName = found.Name };
            }

            var sent = await conversation.AnswerAsync(db, ticket, actor, said, ct);
            ticket.SetStatus(TicketStatus.Pending, ticket.CreatedAt);
            foreach (var carrier in carriers.OrderBy(c => c.Order))
            {
                if (await carrier.CarryAsync(db, ticket, sent, found, ct))
                {
                    break;
                }
            }

            return new Opened(ticket.Id, ticket.Number, sent.Id, ticket.TrackingToken, null) { Ticket = ticket, CustomerName = found.Name };
        }, ct);
    }

    // What an agent or a program hands in for a customer is still the customer's word.
    private static Actor AsCustomer(Customer customer) => Actor.Customer(customer.Id, customer.Name);

    private static string FirstLine(string body)
    {
        var line = body.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return Conversation.Shorten((end < 0 ? line : line[..end]).ToString(), 80);
    }
}
