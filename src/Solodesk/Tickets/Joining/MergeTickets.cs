using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary>
/// Makes one ticket of several about the same matter: every message goes to the one that stays, in the order in which it was said. The
/// others remain as pointers, so that their numbers, mails and links still arrive. For thirty days it can be taken back.
/// </summary>
[UseCase]
public sealed class MergeTickets(DeskWriter writer, TimeProvider clock)
{
    /// <param name="Into">The ticket that stays.</param>
    /// <param name="From">The tickets that go.</param>
    public sealed record Request(Guid Into, IReadOnlyList<Guid> From);

    /// <summary>Gives back what undoes it, one for each ticket that went.</summary>
    public async Task<Result<IReadOnlyList<Guid>>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (request.From.Contains(request.Into) || request.From.Count == 0)
        {
            return new Problem("merge.self") { Field = "other" };
        }

        return await writer.RunAsync<IReadOnlyList<Guid>>(async db =>
        {
            var into = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Into, ct);
            if (into is null)
            {
                return Problem.NotFound("ticket");
            }

            var undo = new List<Guid>();
            foreach (var id in request.From.Distinct())
            {
                if (await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } from)
                {
                    return Problem.NotFound("ticket");
                }

                if (from.MergedIntoId is not null || into.MergedIntoId is not null)
                {
                    return new Problem("merge.already", (from.MergedIntoId is null ? into : from).Number) { Field = "other" };
                }

                if (from.CustomerId != into.CustomerId)
                {
                    // Their page of the ticket would show them what somebody else has written.
                    return new Problem("merge.customers", from.Number) { Field = "other" };
                }

                undo.Add(await MergeAsync(db, actor, from, into, ct));
                await db.SaveChangesAsync(ct);
            }

            return undo;
        }, ct);
    }

    private async Task<Guid> MergeAsync(DeskDb db, Actor actor, Ticket from, Ticket into, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var messages = await db.Set<Message>().Where(m => m.TicketId == from.Id).Select(m => m.Id).ToListAsync(ct);
        var (held, drafts) = await Regroup.MoveUnsentAsync(db, from.Id, into.Id, ct);
        var regrouping = new Regrouping
        {
            Id = Ids.New(clock),
            Kind = RegroupingKind.Merge,
            At = now,
            ActorId = actor.Id,
            FromId = from.Id,
            IntoId = into.Id,
            Moved = new MovedParts { Messages = messages, Held = held, Drafts = drafts },
            From = from.Keep(),
            Into = into.Keep(),
            FromVersionBefore = from.Version,
            IntoVersionBefore = into.Version,
        };
        db.Add(regrouping);
        await Regroup.MoveAsync(db, messages, into.Id, ct);
        await Regroup.CountAsync(db, into, ct);
        TakeOver(from, into, now);
        from.MergeInto(into.Id);
        from.MessageCount = from.InboundCount = from.AttachmentCount = 0;
        (from.UpdatedAt, into.UpdatedAt) = (now, now);
        from.Version++;
        into.Version++;
        (regrouping.FromVersion, regrouping.IntoVersion) = (from.Version, into.Version);
        var field = regrouping.Id.ToString();
        db.Add(TicketEvent.Of(into, actor, now, TicketEventKind.Merged, to: $"#{from.Number}", field: field));
        db.Add(TicketEvent.Of(from, actor, now, TicketEventKind.MergedAway, to: $"#{into.Number}", field: field));
        return regrouping.Id;
    }

    /// <summary>What the one that goes was waiting for, the one that stays waits for now.</summary>
    private static void TakeOver(Ticket from, Ticket into, DateTimeOffset now)
    {
        into.Tags = [.. into.Tags.Union(from.Tags, StringComparer.OrdinalIgnoreCase)];
        into.FollowerIds = [.. into.FollowerIds.Union(from.FollowerIds)];
        into.Custom = from.Custom.Where(c => !into.Custom.ContainsKey(c.Key)).Concat(into.Custom).ToDictionary(c => c.Key, c => c.Value);
        into.Priority = from.Priority > into.Priority ? from.Priority : into.Priority;
        into.CategoryId ??= from.CategoryId;
        into.AssigneeId ??= from.AssigneeId;
        into.Unread |= from.Unread;
        into.DeliveryFailed |= from.DeliveryFailed;
        into.FirstRepliedAt = Earlier(into.FirstRepliedAt, from.FirstRepliedAt);
        if (from.NeedsUs && !from.Spam)
        {
            if (!into.NeedsUs)
            {
                into.SetStatus(TicketStatus.Open, now);
                into.PausedAt = null;
            }

            into.WaitingSince = Earlier(into.WaitingSince, from.WaitingSince);
            into.FirstResponseDueAt = Earlier(into.FirstResponseDueAt, from.FirstResponseDueAt);
            into.ResolutionDueAt = Earlier(into.ResolutionDueAt, from.ResolutionDueAt);
        }

        into.Requeue();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
