using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>Keeps one session for each active mailbox: starts it, ends it when the mailbox goes, starts it anew when its settings change.</summary>
internal sealed partial class MailboxService(
    IDbContextFactory<DeskDb> dbs, MailboxSession session, MailboxSignal signal, ILogger<MailboxService> log) : BackgroundService
{
    /// <summary>Another node may have changed the settings: look without being told.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Running> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = signal.Changed;
            try
            {
                await MatchAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }

            await Task.WhenAny(changed, Task.Delay(Look, TimeProvider.System, stoppingToken));
        }

        await Task.WhenAll(_running.Values.Select(r => r.EndAsync()));
    }

    private async Task MatchAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var wanted = await db.Set<Mailbox>().AsNoTracking().Where(m => m.Active && m.ImapHost != "").ToDictionaryAsync(m => m.Id, ct);
        foreach (var (id, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(id, out var mailbox) || running.Settings != SettingsOf(mailbox) || running.Task.IsCompleted)
            {
                await running.EndAsync();
                _running.Remove(id);
            }
        }

        foreach (var (id, mailbox) in wanted.Where(w => !_running.ContainsKey(w.Key)))
        {
            var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _running[id] = new Running(SettingsOf(mailbox), ending, Task.Run(() => session.RunAsync(id, ending.Token), CancellationToken.None));
        }
    }

    /// <summary>Everything that a running session was started with.</summary>
    private static string SettingsOf(Mailbox m)
        => string.Join('\n', m.ImapHost, m.ImapPort, m.ImapSecurity, m.UserName, m.Secret, m.OAuth, m.SignedInAt, m.Folder);

    private sealed record Running(string Settings, CancellationTokenSource Ending, Task Task)
    {
        public async Task EndAsync()
        {
            await Ending.CancelAsync();
            await Task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            Ending.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of mailboxes could not be read; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
