using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Solodesk.Chat.Settings;
using Solodesk.Common;

namespace Solodesk.Chat.Protocol;

/// <summary><c>/chat/socket</c>: the frames of docs/chat-protocol.md as text messages of a WebSocket. An idle one holds no buffer.</summary>
internal sealed class ChatSocket : IEndpoints
{
    private const int LargestFrame = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        // Open to everybody: visitors have no account. The list of sites, the limits and the sealed token guard it.
        var pipeline = routes.CreateApplicationBuilder().UseWebSockets(new() { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        pipeline.Run(TalkAsync);
        routes.MapMethods("/chat/socket", ["GET", "CONNECT"], pipeline.Build()).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task TalkAsync(HttpContext context)
    {
        var services = context.RequestServices.GetRequiredService<ChatRoot>().Services;
        if (!context.WebSockets.IsWebSocketRequest || !await ChatSites.AllowAsync(context))
        {
            context.Response.StatusCode = context.WebSockets.IsWebSocketRequest ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            return;
        }

        var address = ChatGuard.AddressOf(context.Connection.RemoteIpAddress);
        using var seat = services.GetRequiredService<ChatGuard>().Enter(address);
        if (seat is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = new VisitorSession(services, address, (frame, ct) => socket.SendAsync(frame, WebSocketMessageType.Text, true, ct).AsTask(), closed);
        try
        {
            await ReadAsync(socket, session, closed.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Networks end like this; the widget comes again.
        }

        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived && !closed.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), services.GetRequiredService<TimeProvider>());
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else
        {
            socket.Abort();
        }
    }

    private static async Task ReadAsync(WebSocket socket, VisitorSession session, CancellationToken ct)
    {
        while (true)
        {
            // Waits without a buffer: thousands of widgets say nothing most of the time.
            if ((await socket.ReceiveAsync(Memory<byte>.Empty, ct)).MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(4096);
            try
            {
                var length = 0;
                while (true)
                {
                    var part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return;
                    }

                    length += part.Count;
                    if (part.EndOfMessage)
                    {
                        break;
                    }

                    if (length >= LargestFrame)
                    {
                        return;
                    }

                    if (length == buffer.Length)
                    {
                        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                        buffer.AsSpan(0, length).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                    }
                }

                if (length > 0 && !await session.HandleAsync(buffer.AsMemory(0, length), ct))
                {
                    return;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
