using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>Puts follow-ups onto the customer's timeline: when they were planned, and what came of them.</summary>
internal sealed class FollowUpMoments : ICustomerMoments
{
    public async Task<IReadOnlyList<ReadCustomer.Moment>> ReadAsync(DeskDb db, Guid customer, DateTimeOffset before, int most, CancellationToken ct)
    {
        var own = db.Set<FollowUp>().AsNoTracking().Where(ReadFollowUps.OfCustomer(db, customer));
        var planned = await ReadAsync(db, own.Where(f => f.CreatedAt < before).OrderByDescending(f => f.CreatedAt).Take(most), ct);
        var settled = await ReadAsync(db, own.Where(f => f.SettledAt < before).OrderByDescending(f => f.SettledAt).Take(most), ct);
        return
        [
            .. planned.Select(r => new ReadCustomer.Moment(r.FollowUp.CreatedAt, r.Number, r.Subject, null, TicketEventKind.FollowUpPlanned, r.FollowUp.Note, r.FollowUp.PlannedBy, Channel(r.FollowUp), null)),
            .. settled.Select(r => new ReadCustomer.Moment(r.FollowUp.SettledAt!.Value, r.Number, r.Subject, null,
                r.FollowUp.State == FollowUpState.Done ? TicketEventKind.FollowUpDone : TicketEventKind.FollowUpCancelled, r.FollowUp.Result, r.FollowUp.SettledBy ?? "", Channel(r.FollowUp), null)),
        ];
    }

    private sealed record Placed(FollowUp FollowUp, long Number, string Subject);

    private static Task<List<Placed>> ReadAsync(DeskDb db, IQueryable<FollowUp> followUps, CancellationToken ct)
        => (from f in followUps
            join t in db.Set<Ticket>() on f.TicketId equals (Guid?)t.Id into tickets
            from t in tickets.DefaultIfEmpty()
            select new Placed(f, t == null ? 0 : t.Number, t == null ? "" : t.Subject)).ToListAsync(ct);

    private static string Channel(FollowUp followUp) => followUp.Kind == FollowUpKind.CallBack ? "phone" : "desk";
}
