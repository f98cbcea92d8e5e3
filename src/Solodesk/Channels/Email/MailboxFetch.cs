using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Imap;

namespace Solodesk.Channels.Email;

/// <summary>Brings what is new in an inbox into the ledger, by the server's numbers; each mail is safe here before the number moves on.</summary>
[UseCase]
internal sealed class MailboxFetch(ReceiveMail receive, FileMail filing, IDbContextFactory<DeskDb> dbs, IDatabase database)
{
    /// <summary>
    /// Settles where to begin. A changed UIDVALIDITY voids every number: the inbox is then read from its start again, and what was filed
    /// before is recognised by its content.
    /// </summary>
    public async Task AlignAsync(ImapConnection connection, Guid id, ImapSelected inbox, CancellationToken ct)
    {
        var mailbox = await ReadAsync(id, ct);
        if (mailbox is null || mailbox.UidValidity == inbox.UidValidity)
        {
            return;
        }

        long last = 0;
        if (mailbox is { UidValidity: 0, ImportPast: false })
        {
            // Never looked before, perhaps long after connecting: begin with the day before that, by whatever clock the server has.
            var fresh = await connection.SearchUidsReceivedSinceAsync(DateOnly.FromDateTime(mailbox.CreatedAt.UtcDateTime).AddDays(-1), ct);
            last = fresh.Count > 0 ? fresh[0] - 1 : await connection.SearchUidsAsync(1, ct) is [.., var newest] ? newest : 0;
        }

        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            long validity = inbox.UidValidity;
            await db.Set<Mailbox>().Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.UidValidity, validity).SetProperty(m => m.LastUid, last), ct);
        }
    }

    /// <summary>Fetches everything above the last number.</summary>
    public async Task NewAsync(ImapConnection connection, Guid id, long uidValidity, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { } mailbox || mailbox.UidValidity != uidValidity)
        {
            return;
        }

        var uids = await connection.SearchUidsAsync((uint)(mailbox.LastUid + 1), ct);
        await foreach (var message in connection.FetchAsync(uids, ct))
        {
            using (message)
            {
                await TakeAsync(mailbox, uidValidity, message, ct);
            }
        }
    }

    private async Task TakeAsync(Mailbox mailbox, long uidValidity, ImapMessage message, CancellationToken ct)
    {
        var seen = new ReceiveMail.Seen(mailbox.Id, uidValidity, message.Uid);
        if (!mailbox.ImportPast && message.Received is { } received && received < mailbox.CreatedAt.AddMinutes(-5))
        {
            await receive.PassAsync(seen, ct);
            return;
        }

        if (message.Content is null)
        {
            await receive.RefuseAsync(seen, message.Size, message.State == ImapContentState.TooLarge ? MailProblems.TooLarge : MailProblems.NotHandedOut, ct);
            return;
        }

        Guid row;
        await using (var raw = message.Content.OpenRead())
        {
            (row, _) = await receive.StoreAsync(seen, raw, ct);
        }

        await filing.RunAsync(row, ct);
    }

    private async Task<Mailbox?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
