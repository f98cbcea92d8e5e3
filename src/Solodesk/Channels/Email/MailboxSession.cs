using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;

namespace Solodesk.Channels.Email;

/// <summary>
/// One mailbox for as long as it is wanted: connect, fetch what is new, wait for news, and after any trouble the same again with growing
/// pauses. What was fetched is known by number, never by a flag, and nothing is ever changed on the server.
/// </summary>
[UseCase]
internal sealed partial class MailboxSession(
    MailboxFetch fetch, MailboxLease lease, MailboxHealth health, MailAccess access, IDbContextFactory<DeskDb> dbs, ILogger<MailboxSession> log)
{
    /// <summary>Looks into the inbox even though the server reports nothing: some forget to.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await lease.HoldAsync(id, ct))
                {
                    await ConnectedAsync(id, () => failures = 0, ct);
                }
                else
                {
                    await PauseAsync(MailboxLease.Renewal, ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                await NoteAsync(id, e, ct);
                failures++;
                await PauseAsync(TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 2 * Math.Pow(2, Math.Min(failures, 10)))), ct);
            }
        }

        await ReleaseAsync(id);
    }

    private async Task ConnectedAsync(Guid id, Action works, CancellationToken ct)
    {
        var mailbox = await ReadAsync(id, ct);
        if (mailbox is null)
        {
            return;
        }

        var credentials = access.CredentialsOf(mailbox) ?? throw new SecretLostException();
        await using var connection = await ImapConnection.ConnectAsync(await access.ImapAsync(mailbox, credentials, ct), ct);
        await connection.AuthenticateAsync(ct);
        // Opened to read only: not even a server with ideas of its own marks anything as seen.
        var inbox = await connection.SelectAsync(mailbox.Folder, readOnly: true, ct);
        await fetch.AlignAsync(connection, id, inbox, ct);
        while (!ct.IsCancellationRequested)
        {
            await fetch.NewAsync(connection, id, inbox.UidValidity, ct);
            await health.WorksAsync(id, ct);
            works();
            if (!await WaitAsync(connection, id, ct))
            {
                return;
            }
        }

        await connection.LogoutAsync(CancellationToken.None);
    }

    /// <summary>Waits for news; false when the lease went to another node.</summary>
    private async Task<bool> WaitAsync(ImapConnection connection, Guid id, CancellationToken ct)
    {
        var step = lease.IsNeeded ? MailboxLease.Renewal : Look;
        for (var waited = TimeSpan.Zero; waited < Look; waited += step)
        {
            using var brief = CancellationTokenSource.CreateLinkedTokenSource(ct);
            brief.CancelAfter(step);
            try
            {
                if ((await connection.IdleAsync(brief.Token)).HasFlag(ImapChanges.NewMessages))
                {
                    return true;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Time to renew the lease or to look without being told; the connection goes on.
            }

            if (!await lease.HoldAsync(id, ct))
            {
                return false;
            }
        }

        return true;
    }

    private async Task NoteAsync(Guid id, Exception exception, CancellationToken ct)
    {
        var (reason, words) = exception switch
        {
            MailConnectionException e => (MailProblems.Reason(e), e.ServerWords),
            SecretLostException => (MailProblems.SecretLost, null),
            IOException or UnauthorizedAccessException or DbUpdateException => (MailProblems.Storage, exception.Message),
            _ => (MailProblems.Fault, exception.Message),
        };
        if (exception is MailConnectionException)
        {
            LogUnreachable(log, id, reason);
        }
        else
        {
            LogBroken(log, exception, id);
        }

        try
        {
            await health.FailedAsync(id, reason, words, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogBroken(log, e, id); // The disk that is full for mail is full for its notes too.
        }
    }

    private async Task ReleaseAsync(Guid id)
    {
        try
        {
            await lease.ReleaseAsync(id, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogBroken(log, e, id); // It runs out by itself.
        }
    }

    private static async Task PauseAsync(TimeSpan pause, CancellationToken ct)
        => await Task.Delay(pause, TimeProvider.System, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task<Mailbox?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Active, ct);
    }

    private sealed class SecretLostException : Exception;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Mailbox} cannot be read: {Reason}; it is tried again")]
    private static partial void LogUnreachable(ILogger logger, Guid mailbox, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fetching mailbox {Mailbox} broke off; it is tried again")]
    private static partial void LogBroken(ILogger logger, Exception exception, Guid mailbox);
}
