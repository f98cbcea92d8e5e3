using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>Plans a follow-up or a call-back, from a ticket or from a customer.</summary>
[UseCase]
internal sealed class PlanFollowUp(DeskWriter writer, FollowUpNews news, TimeProvider clock)
{
    public const int LongestNote = 2000;
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(1100);

    /// <param name="Kind">What is owed.</param>
    /// <param name="DueAt">When.</param>
    public sealed record Request(FollowUpKind Kind, DateTimeOffset DueAt)
    {
        /// <summary>The ticket it grows out of; or <see cref="Customer"/>.</summary>
        public Guid? Ticket { get; init; }

        public Guid? Customer { get; init; }
        public string Note { get; init; } = "";

        /// <summary>The number to call; empty takes the customer's own.</summary>
        public string? Phone { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        var phone = request.Phone?.Trim() ?? "";
        if (Check(request.DueAt, request.Note, phone) is { } problem)
        {
            return problem;
        }

        var planned = await writer.RunAsync<Guid>(async db =>
        {
            var (customer, ticket, missing) = await FindAsync(db, request, ct);
            if (customer is null)
            {
                return missing;
            }

            if (request.Kind == FollowUpKind.CallBack && phone.Length == 0)
            {
                phone = customer.Addresses.Where(a => a.Kind == AddressKind.Phone).OrderByDescending(a => a.Primary).Select(a => a.Value).FirstOrDefault() ?? "";
                if (phone.Length == 0)
                {
                    return new Problem("followup.phone") { Field = "phone" };
                }
            }

            var followUp = new FollowUp
            {
                Id = Ids.New(clock),
                Kind = request.Kind,
                CustomerId = customer.Id,
                TicketId = ticket,
                AgentId = actor.Kind == ActorKind.Agent ? actor.Id : null,
                Note = request.Note.Trim(),
                Phone = request.Kind == FollowUpKind.CallBack ? phone : null,
                DueAt = request.DueAt.ToUniversalTime(),
                PlannedBy = Conversation.Shorten(actor.Name, 200),
                CreatedAt = clock.GetUtcNow(),
            };
            db.Add(followUp);
            await news.WriteAsync(db, actor, followUp, TicketEventKind.FollowUpPlanned, FollowUpNews.Text(followUp.DueAt), ct);
            return followUp.Id;
        }, ct);
        if (planned.Ok)
        {
            news.Tell(actor, TicketEventKind.FollowUpPlanned);
        }

        return planned;
    }

    /// <summary>What is wrong whatever it is about.</summary>
    public Problem? Check(DateTimeOffset dueAt, string note, string? phone)
        => dueAt <= clock.GetUtcNow() ? new Problem("followup.past") { Field = "when" }
            : dueAt > clock.GetUtcNow() + Farthest ? new Problem("followup.too_far") { Field = "when" }
            : note.Length > LongestNote ? new Problem("followup.note", LongestNote) { Field = "note" }
            : phone is { Length: > 0 } && !IsPhone(phone) ? new Problem("followup.phone_wrong") { Field = "phone" }
            : null;

    private static bool IsPhone(string text) => text.Length is >= 3 and <= 60 && text.Count(char.IsAsciiDigit) >= 3 && !text.Any(char.IsControl);

    private static async Task<(Customer? Customer, Guid? Ticket, Problem Missing)> FindAsync(DeskDb db, Request request, CancellationToken ct)
    {
        var ticket = request.Ticket is { } number ? await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == number, ct) : null;
        if (request.Ticket is not null && ticket is null)
        {
            return (null, null, Problem.NotFound("ticket"));
        }

        var wanted = ticket?.CustomerId ?? request.Customer;
        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == wanted, ct);
        return (customer, ticket?.Id, Problem.NotFound("customer"));
    }
}
