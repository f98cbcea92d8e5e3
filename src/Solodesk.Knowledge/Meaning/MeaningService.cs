using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Meaning;

/// <summary>Follows the articles and the settings in the background: whatever was published has its vectors a moment later.</summary>
internal sealed partial class MeaningService(AnswerIndex articles, AiLedger ledger, Settings settings, IServiceScopeFactory scopes, TimeProvider clock, ILogger<MeaningService> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private (long Revision, string Kind, string Key)? _done;
    private DateTimeOffset _next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Rest);
        try
        {
            await articles.Ready.WaitAsync(stoppingToken);
            do
            {
                try
                {
                    await ledger.FlushAsync(stoppingToken);
                    await FollowAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    _next = clock.GetUtcNow() + AfterFailure;
                    LogFailed(log, e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The desk stops; what was computed is kept already.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ledger.FlushAsync(cancellationToken);
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        var meaning = await settings.ReadAsync<MeaningSettings>(ct);
        (long, string, string) now = (articles.Revision, meaning.IsOn ? meaning.Kind : "", meaning.SealedKey);
        if (now == _done || (clock.GetUtcNow() < _next && _done is { } before && before.Kind == now.Item2 && before.Key == now.Item3))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<Embedder>().RunAsync(ct))
        {
            _done = now;
        }
        else
        {
            // Asked again after a rest, at once only when the settings change.
            _done = (-1, now.Item2, now.Item3);
            _next = clock.GetUtcNow() + AfterFailure;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The articles' vectors could not be brought up to date; the words find them meanwhile")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
