using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Adds a line to the ledger for a mail whose bytes are safe, once for each place where it was seen.</summary>
[UseCase]
internal sealed class KeepMail(DeskWriter writer, IDatabase database, TimeProvider clock)
{
    /// <summary>The line, and whether this call made it.</summary>
    public async Task<(Guid Id, bool IsNew)> RunAsync(ReceiveMail.Seen seen, StoredFile stored, string? problem, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var kept = await writer.RunAsync<(Guid, bool)>(db => AddAsync(db, seen, stored, problem, ct), ct);
                return kept.Value;
            }
            catch (DbUpdateException e) when (database.IsDuplicate(e))
            {
                // Another fetch of the same mail was faster: read its line.
            }
        }
    }

    private async Task<Result<(Guid, bool)>> AddAsync(DeskDb db, ReceiveMail.Seen seen, StoredFile stored, string? problem, CancellationToken ct)
    {
        var known = await db.Set<IncomingMail>()
            .Where(m => m.MailboxId == seen.Mailbox && m.UidValidity == seen.UidValidity && m.Uid == seen.Uid && m.Sha256 == stored.Sha256)
            .Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
        var row = known is not null ? null : new IncomingMail
        {
            Id = Ids.New(clock),
            MailboxId = seen.Mailbox,
            UidValidity = seen.UidValidity,
            Uid = seen.Uid,
            Sha256 = stored.Sha256,
            Size = stored.Size,
            ReceivedAt = clock.GetUtcNow(),
            Outcome = problem is null ? MailOutcome.Stored : MailOutcome.Skipped,
            Problem = problem,
        };
        if (row is not null)
        {
            db.Add(row);
        }

        if (seen.Uid > 0)
        {
            // The cursor moves with the line that makes the mail safe: never before it.
            var now = clock.GetUtcNow();
            await Behind(db, seen).ExecuteUpdateAsync(s => s.SetProperty(m => m.LastUid, seen.Uid).SetProperty(m => m.LastInAt, now), ct);
        }

        return (row?.Id ?? known!.Value, row is not null);
    }

    /// <summary>The mailbox, where its cursor has not reached this mail yet.</summary>
    internal static IQueryable<Mailbox> Behind(DeskDb db, ReceiveMail.Seen seen)
        => db.Set<Mailbox>().Where(m => m.Id == seen.Mailbox && m.UidValidity == seen.UidValidity && m.LastUid < seen.Uid);
}
