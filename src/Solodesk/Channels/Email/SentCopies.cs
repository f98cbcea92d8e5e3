using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Writing;

namespace Solodesk.Channels.Email;

/// <summary>
/// Puts a copy of each sent reply into its mailbox's Sent folder, long after the sending is on record: it can neither hold up nor repeat
/// it. What the folder already holds (the provider files it itself, or we were stopped in between) is left alone.
/// </summary>
[UseCase]
internal sealed partial class SentCopies(
    OutgoingLetter letters, MailAccess access, Settings settings, IDatabase database, IDbContextFactory<DeskDb> dbs, TimeProvider clock, ILogger<SentCopies> log) : IPeriodicJob
{
    /// <summary>Providers that file sent mail themselves have done so by then.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private const int AtOnce = 50;

    /// <summary>Minutes to the next attempt; after the last one the copy is given up: the desk has the reply.</summary>
    private static readonly int[] Pauses = [2, 10, 60, 360, 1440];

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var due = await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.CopyDueAt <= now).OrderBy(m => m.CopyDueAt).Take(AtOnce).ToListAsync(ct);
        var wanted = (await settings.ReadAsync<MailSettings>(ct)).KeepSentCopies;
        foreach (var ofOne in due.GroupBy(m => m.MailboxId))
        {
            var mailbox = await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == ofOne.Key, ct);
            if (!wanted || mailbox is null or { Active: false } or { ImapHost: "" } || KeepsItself(mailbox))
            {
                await SetAsync(db, [.. ofOne.Select(m => m.Id)], null, ct);
                continue;
            }

            await CopyAsync(db, mailbox, [.. ofOne], ct);
        }
    }

    /// <summary>Gmail files what goes through its own server, and would show a copy as a second mail.</summary>
    public static bool KeepsItself(Mailbox mailbox)
        => mailbox.SmtpHost.EndsWith(".gmail.com", StringComparison.OrdinalIgnoreCase) || mailbox.SmtpHost.EndsWith(".googlemail.com", StringComparison.OrdinalIgnoreCase);

    private async Task CopyAsync(DeskDb db, Mailbox mailbox, List<OutgoingMail> mails, CancellationToken ct)
    {
        // Noted before it is tried: another node leaves these alone, and what fails comes again later.
        var claimed = new List<OutgoingMail>();
        foreach (var mail in mails)
        {
            if (await ClaimAsync(db, mail, ct))
            {
                claimed.Add(mail);
            }
        }

        if (claimed.Count == 0 || access.CredentialsOf(mailbox) is not { } credentials)
        {
            return;
        }

        try
        {
            await using var connection = await ImapConnection.ConnectAsync(await access.ImapAsync(mailbox, credentials, ct), ct);
            await connection.AuthenticateAsync(ct);
            var folder = await SentFolderAsync(connection, ct);
            await connection.SelectAsync(folder, readOnly: true, ct);
            foreach (var mail in claimed)
            {
                await AppendAsync(connection, folder, mailbox, mail, ct);
                await SetAsync(db, [mail.Id], null, ct);
            }

            await connection.LogoutAsync(ct);
        }
        catch (Exception e) when (e is MailConnectionException or IOException or ArgumentException)
        {
            LogLater(log, mailbox.Address, e.Message);
        }
    }

    private async Task AppendAsync(ImapConnection connection, string folder, Mailbox mailbox, OutgoingMail mail, CancellationToken ct)
    {
        if (await letters.ForAsync(mail.MessageId, mailbox, ct) is not { MessageId: { } id } draft || await connection.HoldsAsync(id, ct))
        {
            return;
        }

        await using var spool = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await MailWriter.WriteAsync(draft, spool, new MailWriterOptions { Utf8Headers = MailWriter.NeedsSmtpUtf8(draft) }, ct);
        spool.Position = 0;
        await connection.AppendAsync(folder, spool, ["\\Seen"], mail.SentAt, ct);
    }

    /// <summary>The folder that the server names for it (RFC 6154), else one of the usual name; where there is none it is made.</summary>
    private static async Task<string> SentFolderAsync(ImapConnection connection, CancellationToken ct)
    {
        var folders = await connection.ListAsync(ct);
        if (folders.Where(f => f is { Use: ImapMailboxUse.Sent, CanSelect: true }).OrderBy(f => f.UseIsGuessed).FirstOrDefault() is { } sent)
        {
            return sent.Name;
        }

        // Some servers keep everything below the inbox.
        var inbox = folders.FirstOrDefault(f => f.Use == ImapMailboxUse.Inbox);
        var below = inbox?.Separator is { } s && folders.Any(f => f.Name.StartsWith(inbox.Name + s, StringComparison.OrdinalIgnoreCase)) && folders.All(f => f == inbox || f.Name.StartsWith(inbox.Name + s, StringComparison.OrdinalIgnoreCase));
        var name = below ? $"{inbox!.Name}{inbox.Separator}Sent" : "Sent";
        await connection.CreateAsync(name, ct);
        return name;
    }

    private async Task<bool> ClaimAsync(DeskDb db, OutgoingMail mail, CancellationToken ct)
    {
        DateTimeOffset? next = mail.CopyAttempts < Pauses.Length ? clock.GetUtcNow().AddMinutes(Pauses[mail.CopyAttempts]) : null;
        using (await database.EnterWriteAsync(ct))
        {
            return await db.Set<OutgoingMail>().Where(m => m.Id == mail.Id && m.CopyDueAt == mail.CopyDueAt)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.CopyDueAt, next).SetProperty(m => m.CopyAttempts, mail.CopyAttempts + 1), ct) == 1;
        }
    }

    private async Task SetAsync(DeskDb db, List<Guid> ids, DateTimeOffset? due, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await db.Set<OutgoingMail>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(s => s.SetProperty(m => m.CopyDueAt, due), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Mailbox}: the copy in the Sent folder waits: {Reason}")]
    private static partial void LogLater(ILogger logger, string mailbox, string reason);
}
