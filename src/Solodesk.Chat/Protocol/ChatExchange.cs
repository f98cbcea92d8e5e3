using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Chat.Settings;
using Solodesk.Common;
using Solodesk.Files;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Chat.Protocol;

/// <summary>
/// <c>POST /chat/exchange</c>: the same frames where no WebSocket gets through: hands some over, waits for some if wished. <c>POST /chat/files</c>: one file,
/// as the body. Both are "simple" requests of a browser, so that no preflight is needed.
/// </summary>
internal sealed class ChatExchange : IEndpoints
{
    private const int LargestBody = 256 * 1024;
    private const int MostFrames = 50;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);

    // Files that run when somebody opens them. What is inside others is the opener's programs' matter; they come as downloads.
    private static readonly string[] Runnable = [".exe", ".msi", ".bat", ".cmd", ".com", ".scr", ".ps1", ".vbs", ".js", ".jar", ".lnk", ".hta", ".apk", ".dmg", ".html", ".htm", ".svg", ".xhtml"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/chat/exchange", ExchangeAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/chat/files", FileAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>What is posted: who it is, what they say, and how many seconds to wait for something to come.</summary>
    private sealed record Asked(VisitorFrame? Hello, List<VisitorFrame>? Frames, int Wait);

    private static async Task ExchangeAsync(HttpContext context)
    {
        var services = context.RequestServices.GetRequiredService<ChatRoot>().Services;
        if (!await ChatSites.AllowAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (await ReadAsync(context) is not { Hello: { } hello } asked)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var ct = context.RequestAborted;
        var basket = new Basket();
        var closed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var session = new VisitorSession(services, ChatGuard.AddressOf(context.Connection.RemoteIpAddress), basket.PutAsync, closed);
        try
        {
            if (await session.HandleAsync(hello with { T = "hello" }, ct))
            {
                foreach (var frame in (asked.Frames ?? []).Take(MostFrames))
                {
                    await session.HandleAsync(frame, ct);
                }

                await basket.FilledAsync(TimeSpan.FromSeconds(Math.Clamp(asked.Wait, 0, (int)LongestWait.TotalSeconds)), asked.Wait > 0 ? Gather : TimeSpan.FromMilliseconds(150), ct);
            }

            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.Body.WriteAsync(basket.Take(), ct);
        }
        catch (OperationCanceledException)
        {
            // The visitor left while waiting.
        }
        finally
        {
            _ = LeaveAsync(session, closed, services.GetRequiredService<TimeProvider>());
        }
    }

    // Between two exchanges nobody is gone.
    private static async Task LeaveAsync(VisitorSession session, CancellationTokenSource closed, TimeProvider clock)
    {
        await Task.Delay(Linger, clock, CancellationToken.None);
        session.Dispose();
        closed.Dispose();
    }

    private static async Task<Asked?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > LargestBody)
        {
            return null;
        }

        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[8192];
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                if (body.Length > LargestBody)
                {
                    return null;
                }
            }

            return JsonSerializer.Deserialize<Asked>(body.GetBuffer().AsSpan(0, (int)body.Length), ChatJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IResult> FileAsync(HttpContext context, string? name, string? type, string? token, string? lang, KeepUpload keep, VisitorToken tokens, ChatGuard guard, Phrases phrases)
    {
        if (!await ChatSites.AllowAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var language = Phrases.Known(lang);
        if (tokens.Open(token) is null)
        {
            return Refuse(new Problem("chat.malformed"));
        }

        if (!guard.MayUpload(ChatGuard.AddressOf(context.Connection.RemoteIpAddress)))
        {
            return Refuse(new Problem("chat.too_many"));
        }

        var given = string.IsNullOrWhiteSpace(name) ? "file" : name;
        if (Runnable.Contains(Path.GetExtension(given), StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(new Problem("chat.file_runs", Path.GetExtension(given)));
        }

        try
        {
            var kept = await keep.RunAsync(Actor.Customer(Guid.Empty, ""), given, type, context.Request.Body, context.RequestAborted);
            return !kept.Ok ? Refuse(kept.Problem)
                : kept.Value.Size == 0 ? Refuse(new Problem("chat.file_empty", kept.Value.Name))
                : Results.Json(new FileFrame(kept.Value.Token, kept.Value.Name, kept.Value.MediaType, kept.Value.Size), ChatJson.Options);
        }
        catch (IOException e) when (e is not FileTooLargeException && Api.Failure.IsFull(e))
        {
            return Refuse(new Problem("form.disk_full"));
        }

        IResult Refuse(Problem problem) => Results.Json(new NoFrame(null, problem.Code, phrases.In(language, $"problem.{problem.Code}", problem.Values)), ChatJson.Options,
            statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Frames on their way out, until the answer is written.</summary>
    private sealed class Basket
    {
        private readonly List<ReadOnlyMemory<byte>> _frames = [];
        private readonly TaskCompletionSource _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PutAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
        {
            lock (_frames)
            {
                _frames.Add(frame);
            }

            // The welcome and what belongs to it come always; what is worth answering at once is everything else.
            if (!frame.Span.StartsWith("{\"t\":\"welcome\""u8) && !frame.Span.StartsWith("{\"t\":\"greet\""u8))
            {
                _line.TrySetResult();
            }

            return Task.CompletedTask;
        }

        public async Task FilledAsync(TimeSpan wait, TimeSpan gather, CancellationToken ct)
        {
            if (wait > TimeSpan.Zero)
            {
                await Task.WhenAny(_line.Task, Task.Delay(wait, TimeProvider.System, ct));
            }

            await Task.Delay(gather, TimeProvider.System, ct);
        }

        public byte[] Take()
        {
            lock (_frames)
            {
                return [.. "["u8, .. _frames.SelectMany((f, i) => i == 0 ? f.ToArray() : [(byte)',', .. f.Span]), .. "]"u8];
            }
        }
    }
}
