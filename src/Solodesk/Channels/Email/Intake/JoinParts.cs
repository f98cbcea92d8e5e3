using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Mail.Reading;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Puts a mail that was sent in several parts (RFC 2046 §5.2.2) together once all are there. The whole gets a ledger line of its own and is
/// filed like any mail; the same parts make the same bytes, so whoever joins them again finds that line.
/// </summary>
[UseCase]
internal sealed class JoinParts(IFileStore files, IDbContextFactory<DeskDb> dbs, DeskWriter writer, KeepMail keep, FileMail filing, Settings settings, TimeProvider clock)
{
    /// <summary>Parts of one mail that are looked at; more were never sent by a mail program.</summary>
    private const int MostParts = 1_000;

    /// <summary>What became of the whole mail that this part belongs to; null while parts are missing.</summary>
    public async Task<FiledMail?> RunAsync(Guid part, CancellationToken ct)
    {
        List<IncomingMail> parts;
        await using (var db = await dbs.CreateDbContextAsync(ct))
        {
            var name = await db.Set<IncomingMail>().Where(m => m.Id == part && m.Outcome == MailOutcome.Part).Select(m => m.InternetId).SingleOrDefaultAsync(ct);
            parts = name is null ? [] : await db.Set<IncomingMail>().AsNoTracking()
                .Where(m => m.InternetId == name && m.Outcome == MailOutcome.Part && m.FiledAt == null).OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Take(MostParts).ToListAsync(ct);
        }

        if (!WaitingPart.AreAll(parts.Select(p => p.Problem)) || await WholeAsync(parts, ct) is not { } whole)
        {
            return null;
        }

        using var raw = new MemoryStream(whole);
        var stored = await files.SaveAsync(raw, whole.Length, ct);
        var (id, _) = await keep.RunAsync(new ReceiveMail.Seen(parts[0].MailboxId, parts[0].UidValidity, 0), stored, null, ct);
        var filed = await filing.RunAsync(id, ct);
        await CloseAsync([.. parts.Select(p => p.Id)], filed, ct);
        return filed;
    }

    private async Task<byte[]?> WholeAsync(List<IncomingMail> parts, CancellationToken ct)
    {
        var limit = (await settings.ReadAsync<MailSettings>(ct)).MaxMailBytes;
        // One part may be here twice, by two mailboxes: each is read once.
        var once = parts.DistinctBy(p => p.Problem).ToList();
        if (once.Sum(p => p.Size) > limit)
        {
            return null;
        }

        var pieces = new List<ReadOnlyMemory<byte>>(once.Count);
        foreach (var part in once)
        {
            await using var stream = await files.OpenAsync(part.Sha256, ct);
            if (stream is null)
            {
                return null; // Its file is gone: what is left is filed as it stands when its time is over.
            }

            using var bytes = new MemoryStream((int)part.Size);
            await stream.CopyToAsync(bytes, ct);
            pieces.Add(bytes.ToArray());
        }

        return PartialMail.Join(pieces, MailReaderOptions.Default with { MaxMessageBytes = limit });
    }

    /// <summary>From here on the whole stands for them; where it failed to be filed, its own line is tried again.</summary>
    private async Task CloseAsync(Guid[] parts, FiledMail whole, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await writer.RunAsync<Done>(async db =>
        {
            await db.Set<IncomingMail>().Where(m => parts.Contains(m.Id) && m.Outcome == MailOutcome.Part && m.FiledAt == null).ExecuteUpdateAsync(s => s
                .SetProperty(m => m.FiledAt, now).SetProperty(m => m.Problem, (string?)null).SetProperty(m => m.TicketId, whole.TicketId)
                .SetProperty(m => m.TicketNumber, whole.TicketNumber).SetProperty(m => m.MessageId, whole.MessageId), ct);
            return Done.It;
        }, ct);
    }
}
