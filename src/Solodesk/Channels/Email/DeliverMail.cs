using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Smtp;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>
/// The states of an outbox line. Queued until the server has said 250, and that is committed before anything else is done; refused for good
/// it fails at once; everything between is tried again for four days.
/// </summary>
[UseCase]
internal sealed class DeliverMail(DeskWriter writer, IDatabase database, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    /// <summary>How long one claim holds without being renewed: as long as another node waits when this one dies.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Patience = TimeSpan.FromDays(4);

    /// <summary>Minutes between attempts; the last one repeats.</summary>
    private static readonly int[] Pauses = [1, 2, 5, 10, 20, 40, 60, 120, 240, 360];

    /// <summary>Which mailboxes have something to send now.</summary>
    public async Task<IReadOnlyList<Guid>> DueMailboxesAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        return await Due(db, now).Select(m => m.MailboxId).Distinct().ToListAsync(ct);
    }

    /// <summary>Takes the next due mail of a mailbox for this node; null when there is none.</summary>
    public async Task<OutgoingMail?> ClaimAsync(Guid mailbox, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        while (true)
        {
            var now = clock.GetUtcNow();
            var next = await Due(db, now).AsNoTracking().Where(m => m.MailboxId == mailbox).OrderBy(m => m.DueAt).FirstOrDefaultAsync(ct);
            if (next is null || await ClaimAsync(db, next.Id, now, ct))
            {
                return next;
            }
        }
    }

    /// <summary>Keeps a claim while a slow server thinks.</summary>
    public async Task RenewAsync(Guid id, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var until = clock.GetUtcNow() + Claim;
            await db.Set<OutgoingMail>().Where(m => m.Id == id && m.State == DeliveryState.Queued).ExecuteUpdateAsync(s => s.SetProperty(m => m.ClaimedUntil, until), ct);
        }
    }

    /// <summary>Where there is one process, claims found at its start are a dead one's.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Set<OutgoingMail>().Where(m => m.State == DeliveryState.Queued && m.ClaimedUntil != null)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), ct);
        }
    }

    /// <summary>The server has spoken: each recipient is served, refused, or tried again.</summary>
    public Task SettleAsync(Guid id, SmtpSendResult result, CancellationToken ct) => ChangeAsync(id, (db, mail, message, ticket) =>
    {
        var refused = result.Recipients.Where(r => r.Outcome == SmtpOutcome.Permanent).ToList();
        var later = result.Recipients.Where(r => r.Outcome == SmtpOutcome.RetryLater).ToList();
        if (result.AnyAccepted)
        {
            mail.SentAt = clock.GetUtcNow();
            message?.DeliveredAt = mail.SentAt;
        }

        if (refused.Count > 0)
        {
            NoteFailure(db, message, ticket, MailProblems.With(MailProblems.Refused, string.Join("; ", refused.Select(r => $"{r.Address}: {r.Reply}"))));
        }

        if (later.Count > 0)
        {
            // Those served or refused are done with; only the rest is tried again.
            mail.Recipients.RemoveAll(a => !later.Exists(r => string.Equals(r.Address, a, StringComparison.OrdinalIgnoreCase)));
            Postpone(db, mail, message, ticket, MailProblems.With(MailProblems.Later, later[0].Reply.ToString()));
            return;
        }

        mail.State = result.AnyAccepted ? DeliveryState.Sent : DeliveryState.Failed;
        mail.Problem = refused.Count > 0 ? MailProblems.With(MailProblems.Refused, string.Join("; ", refused.Select(r => $"{r.Address}: {r.Reply}"))) : null;
        if (mail is { SentAt: { } sent, Automatic: false })
        {
            mail.CopyDueAt = sent + SentCopies.Rest;
        }

        message?.RetryAt = null;
        message?.Delivery = refused.Count > 0 ? DeliveryState.Failed : DeliveryState.Sent;
        if (refused.Count == 0 && message is not null && ticket is not null)
        {
            message.DeliveryProblem = null;
            // The customer has been reached after all: by the same answer or by a later one.
            ticket.DeliveryFailed = false;
            db.Add(TicketEvent.Of(ticket, Actor.System, clock.GetUtcNow(), TicketEventKind.Sent, message: message.Id));
        }
    }, ct);

    /// <summary>No attempt came to an end: the server cannot be reached or the mailbox is set up wrongly. Later again.</summary>
    public Task PostponeAsync(Guid id, string problem, CancellationToken ct)
        => ChangeAsync(id, (db, mail, message, ticket) => Postpone(db, mail, message, ticket, problem), ct);

    /// <summary>Trying again will not help.</summary>
    public Task FailAsync(Guid id, string problem, CancellationToken ct) => ChangeAsync(id, (db, mail, message, ticket) =>
    {
        mail.State = DeliveryState.Failed;
        mail.Problem = problem;
        message?.RetryAt = null;
        NoteFailure(db, message, ticket, problem);
    }, ct);

    private void Postpone(DeskDb db, OutgoingMail mail, Message? message, Ticket? ticket, string problem)
    {
        var now = clock.GetUtcNow();
        mail.Problem = problem;
        if (now - mail.CreatedAt > Patience)
        {
            mail.State = DeliveryState.Failed;
            message?.RetryAt = null;
            NoteFailure(db, message, ticket, MailProblems.With(MailProblems.GaveUp, problem));
            return;
        }

        mail.DueAt = now.AddMinutes(Pauses[Math.Min(mail.Attempts, Pauses.Length - 1)]);
        mail.Attempts++;
        message?.RetryAt = mail.DueAt;
        if (message is { Delivery: DeliveryState.Queued })
        {
            message?.DeliveryProblem = problem;
        }
    }

    private void NoteFailure(DeskDb db, Message? message, Ticket? ticket, string problem)
    {
        if (message is null || ticket is null)
        {
            return; // A letter of the desk's own; its outbox line says why.
        }

        message.Delivery = DeliveryState.Failed;
        message.DeliveryProblem = problem;
        ticket.DeliveryFailed = true;
        ticket.UpdatedAt = clock.GetUtcNow();
        ticket.Version++;
        db.Add(TicketEvent.Of(ticket, Actor.System, clock.GetUtcNow(), TicketEventKind.SendFailed, to: problem, message: message.Id));
    }

    private async Task ChangeAsync(Guid id, Action<DeskDb, OutgoingMail, Message?, Ticket?> change, CancellationToken ct)
        => await writer.RunAsync<Done>(async db =>
        {
            var mail = await db.Set<OutgoingMail>().SingleOrDefaultAsync(m => m.Id == id, ct);
            var message = mail is null ? null : await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == mail.MessageId, ct);
            var ticket = message is null ? null : await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == message.TicketId, ct);
            if (mail is null || (mail.Letter is null && (message is null || ticket is null)))
            {
                if (mail is not null)
                {
                    mail.State = DeliveryState.Cancelled;
                    mail.ClaimedUntil = null;
                }

                return Done.It;
            }

            mail.ClaimedUntil = null;
            if (mail.State == DeliveryState.Queued)
            {
                change(db, mail, message, ticket);
                if (mail.SentAt is { } sent && await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == mail.MailboxId, ct) is { } mailbox)
                {
                    MailboxHealth.Sent(mailbox, sent);
                }
            }

            return Done.It;
        }, ct);

    private async Task<bool> ClaimAsync(DeskDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            var until = now + Claim;
            return await Due(db, now).Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.ClaimedUntil, until), ct) == 1;
        }
    }

    private static IQueryable<OutgoingMail> Due(DeskDb db, DateTimeOffset now)
        => db.Set<OutgoingMail>().Where(m => m.State == DeliveryState.Queued && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now));
}
