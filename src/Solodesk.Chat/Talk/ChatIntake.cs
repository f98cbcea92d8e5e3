using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Chat.Protocol;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>
/// Writes what visitors say, in the order it came. What came while one commit went to disk is written by the next one together, so that
/// hundreds of messages a second need some dozen flushes.
/// </summary>
internal sealed partial class ChatIntake(DeskWriter writer, IDatabase database, IServiceProvider services, ChatLinks links, BotQueue bots, ILogger<ChatIntake> log) : BackgroundService
{
    // One notice to the other nodes names 25 changes at most, and a message makes up to two.
    private const int AtOnce = 12;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });

    /// <summary>Gives back where the words stand, once they are on disk.</summary>
    public async Task<Result<SayInChat.Said>> SayAsync(SayInChat.Request request, CancellationToken ct)
    {
        if (SayInChat.Check(request) is { } problem)
        {
            return problem;
        }

        var waiting = new Waiting(request, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(waiting, ct);
        return await waiting.Done.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(AtOnce);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < AtOnce && _waiting.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                await WriteAsync(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever still waits is told by their own token; the widget sends it again.
        }
    }

    private async Task WriteAsync(IReadOnlyList<Waiting> batch, CancellationToken ct)
    {
        try
        {
            await TogetherAsync(batch, ct);
        }
        catch (Exception e) when (batch.Count > 1 && e is not OperationCanceledException)
        {
            // One of them stands in the way of all: each by itself, in the same order.
            foreach (var one in batch)
            {
                await AloneAsync(one, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await AloneAsync(batch[0], ct);
        }
    }

    private async Task AloneAsync(Waiting one, CancellationToken ct)
    {
        try
        {
            await TogetherAsync([one], ct);
        }
        catch (DbUpdateException e) when (database.IsDuplicate(e))
        {
            // The same words came by another connection or node at this moment: they are found now.
            await LastTryAsync(one, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e);
            one.Done.TrySetException(e);
        }
    }

    private async Task LastTryAsync(Waiting one, CancellationToken ct)
    {
        try
        {
            await TogetherAsync([one], ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e);
            one.Done.TrySetException(e);
        }
    }

    private async Task TogetherAsync(IReadOnlyList<Waiting> batch, CancellationToken ct)
    {
        var say = services.GetRequiredService<SayInChat>();
        var results = new List<Result<SayInChat.Said>>(batch.Count);
        await writer.RunAsync<Done>(async db =>
        {
            results.Clear();
            var together = await SayInChat.PrepareAsync(db, [.. batch.Select(w => w.Request)], ct);
            foreach (var waiting in batch)
            {
                results.Add(await say.StepAsync(db, waiting.Request, together, ct));
            }

            return Done.It;
        }, ct);
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Done.TrySetResult(results[i]);
            if (results[i].Ok)
            {
                var said = results[i].Value;
                links.Attach(batch[i].Request.Visitor.Id, said.Conversation, said.Ticket, said.TicketNumber);
                // The change itself may have woken them by now; it cannot when the ticket is new, or one of more changes than a notice names.
                links.Wake(batch[i].Request.Visitor.Id, said.Seq);
                if (said.BotActive)
                {
                    bots.Ask(said.Conversation);
                }
            }
        }
    }

    private sealed record Waiting(SayInChat.Request Request, TaskCompletionSource<Result<SayInChat.Said>> Done);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a visitor said could not be written; their widget keeps it and sends it again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
