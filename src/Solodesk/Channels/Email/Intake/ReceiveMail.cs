using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Takes in one raw mail: its bytes into the file store, a line into the ledger, and only then it is read and filed. Whatever breaks
/// afterwards, the mail is there and is filed later; calling it again with the same mail files it once.
/// </summary>
[UseCase]
internal sealed class ReceiveMail(IFileStore files, DeskWriter writer, KeepMail keep, FileMail filing, JoinParts parts, Settings settings)
{
    /// <summary>Where a mail was seen.</summary>
    /// <param name="Mailbox">The mailbox, or null when it came another way.</param>
    /// <param name="UidValidity">The generation of its number.</param>
    /// <param name="Uid">The server's number of it, or 0 when it came another way.</param>
    public sealed record Seen(Guid? Mailbox, long UidValidity, long Uid)
    {
        public static Seen Piped(Guid? mailbox) => new(mailbox, 0, 0);
    }

    /// <summary>Stores and files. The answer says what became of it; a failure to file is an outcome, not a refusal.</summary>
    /// <exception cref="IOException">The bytes could not be stored, or are more than is taken in: nothing was kept.</exception>
    public async Task<FiledMail> RunAsync(Seen seen, Stream raw, CancellationToken ct)
    {
        var (id, isNew) = await StoreAsync(seen, raw, ct);
        var filed = await filing.RunAsync(id, ct);
        if (filed is { Outcome: MailOutcome.Part, TicketId: null } && await parts.RunAsync(id, ct) is { } whole)
        {
            return whole;
        }

        // Handed in again after it was filed: the caller hears where it went, and that it was known.
        return isNew || filed.Now ? filed : filed with { Outcome = MailOutcome.Duplicate };
    }

    /// <summary>Stores only; gives back the ledger line, and whether this call made it.</summary>
    public async Task<(Guid Id, bool IsNew)> StoreAsync(Seen seen, Stream raw, CancellationToken ct)
    {
        var limit = (await settings.ReadAsync<MailSettings>(ct)).MaxMailBytes;
        var stored = await files.SaveAsync(raw, limit, ct);
        return await keep.RunAsync(seen, stored, null, ct);
    }

    /// <summary>Notes a mail that the server would not or should not hand out: it stays there, and the ledger says so.</summary>
    public async Task RefuseAsync(Seen seen, long size, string problem, CancellationToken ct)
        => await keep.RunAsync(seen, new StoredFile("", size), problem, ct);

    /// <summary>Goes past a mail that was there before the mailbox was connected.</summary>
    public async Task PassAsync(Seen seen, CancellationToken ct)
        => await writer.RunAsync<Done>(async db =>
        {
            await KeepMail.Behind(db, seen).ExecuteUpdateAsync(s => s.SetProperty(m => m.LastUid, seen.Uid), ct);
            return Done.It;
        }, ct);
}

/// <summary>What became of a mail.</summary>
/// <param name="Id">Its line in the ledger.</param>
/// <param name="Outcome">What was done.</param>
public sealed record FiledMail(Guid Id, MailOutcome Outcome)
{
    public Guid? TicketId { get; init; }
    public long? TicketNumber { get; init; }
    public Guid? MessageId { get; init; }

    /// <summary>Whether the desk may answer it by itself; false for everything that is no person's request.</summary>
    public bool WouldAutoReply { get; init; }

    /// <summary>Whether this call filed it; false when it had been filed before.</summary>
    public bool Now { get; init; }

    public string? Problem { get; init; }
}
