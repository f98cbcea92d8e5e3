using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Writing;

namespace Solodesk.Channels.Email;

/// <summary>Sends the due mails of one mailbox one after the other over one connection, until none is due.</summary>
[UseCase]
internal sealed partial class OutboxWorker(
    DeliverMail delivery, OutgoingLetter letters, MailAccess access, MailboxHealth health, IDbContextFactory<DeskDb> dbs, ILogger<OutboxWorker> log)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);

    public async Task RunAsync(Guid mailboxId, CancellationToken ct)
    {
        SmtpConnection? connection = null;
        try
        {
            while (!ct.IsCancellationRequested && await delivery.ClaimAsync(mailboxId, ct) is { } mail)
            {
                connection = await SendAsync(mailboxId, mail, connection, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogBroken(log, e, mailboxId);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the claim runs out and the mail goes later.
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>One attempt; gives back the connection when it can serve the next one.</summary>
    private async Task<SmtpConnection?> SendAsync(Guid mailboxId, OutgoingMail mail, SmtpConnection? connection, CancellationToken ct)
    {
        var mailbox = await ReadAsync(mailboxId, ct);
        if (mailbox is not { Active: true })
        {
            await delivery.PostponeAsync(mail.Id, MailProblems.NoMailbox, ct);
            return connection;
        }

        if (access.CredentialsOf(mailbox) is null)
        {
            await delivery.PostponeAsync(mail.Id, MailProblems.SecretLost, ct);
            return connection;
        }

        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewal = RenewAsync(mail.Id, renewing.Token);
        try
        {
            if (await letters.ForAsync(mail, mailbox, ct) is not { } draft)
            {
                await delivery.FailAsync(mail.Id, MailProblems.Unwritable, ct);
                return connection;
            }

            if (connection is not { IsUsable: true })
            {
                connection = await SmtpConnection.ConnectAsync(await access.SmtpAsync(mailbox, access.SendingCredentialsOf(mailbox), ct), ct);
            }

            var result = await TransmitAsync(connection, draft, mailbox, mail, ct);
            // Nothing may stand between the server's word and ours, not even the wish to stop.
            await delivery.SettleAsync(mail.Id, result, CancellationToken.None);
            return connection.IsUsable ? connection : null;
        }
        catch (MailConnectionException e)
        {
            var reason = MailProblems.Reason(e);
            LogUnreachable(log, mailbox.Address, reason);
            await delivery.PostponeAsync(mail.Id, MailProblems.With(reason, e.ServerWords), ct);
            await health.CannotSendAsync(mailboxId, reason, e.ServerWords, ct);
        }
        catch (Exception e) when (e is ArgumentException or FileNotFoundException)
        {
            // An address that cannot stand in an envelope, a file that is gone: no attempt would end otherwise.
            LogUnwritable(log, e, mail.Id);
            await delivery.FailAsync(mail.Id, MailProblems.With(MailProblems.Unwritable, e.Message), ct);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }

        if (connection is { IsUsable: false })
        {
            await connection.DisposeAsync();
            return null;
        }

        return connection;
    }

    private static async Task<SmtpSendResult> TransmitAsync(SmtpConnection connection, MailDraft draft, Mailbox mailbox, OutgoingMail mail, CancellationToken ct)
    {
        var options = new MailWriterOptions
        {
            EightBitBodies = connection.Capabilities.Has("8BITMIME"),
            Utf8Headers = connection.Capabilities.Has("SMTPUTF8") && MailWriter.NeedsSmtpUtf8(draft),
        };
        await using var spool = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await MailWriter.WriteAsync(draft, spool, options, ct);
        spool.Position = 0;
        // Automatic mail has no return path, so that its bounces go nowhere and cannot loop (RFC 3834 §3.3 allows either; some relays refuse
        // an empty one from a signed-in user, and we file our bounces without answering): the mailbox it is.
        return await connection.SendAsync(mailbox.Address, mail.Recipients, spool, ct);
    }

    private async Task RenewAsync(Guid id, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(Renewal);
            while (await timer.WaitForNextTickAsync(ct))
            {
                await delivery.RenewAsync(id, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
        catch (Exception e)
        {
            LogBroken(log, e, id);
        }
    }

    private async Task<Mailbox?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Mailbox} cannot send: {Reason}; its mail waits and is tried again")]
    private static partial void LogUnreachable(ILogger logger, string mailbox, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outgoing mail {Mail} cannot be written")]
    private static partial void LogUnwritable(ILogger logger, Exception exception, Guid mail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending for mailbox {Mailbox} broke off; it goes on at the next look")]
    private static partial void LogBroken(ILogger logger, Exception exception, Guid mailbox);
}
