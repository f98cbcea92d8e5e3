using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Solodesk.Chat.Bench;

/// <summary>One open widget: says, and notes when each line came.</summary>
internal sealed class Widget : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly TaskCompletionSource<string> _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    /// <summary>When each line with an id of the widget's arrived.</summary>
    public ConcurrentDictionary<string, long> Arrived { get; } = new(StringComparer.Ordinal);

    /// <summary>When each message was answered as taken.</summary>
    public ConcurrentDictionary<string, long> Taken { get; } = new(StringComparer.Ordinal);

    public int Refused { get; private set; }

    /// <summary>Connects and says hello; gives back the visitor's token.</summary>
    public async Task<string> OpenAsync(Uri desk, string? token, CancellationToken ct)
    {
        _socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await _socket.ConnectAsync(new Uri($"ws://{desk.Authority}/chat/socket"), ct);
        await SendAsync(new { t = "hello", lang = "en", token }, ct);
        _reading = ReadAsync(ct);
        return await _welcome.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);
    }

    public Task SayAsync(string id, string text, CancellationToken ct) => SendAsync(new { t = "say", id, text }, ct);

    public Task BeatAsync(CancellationToken ct) => SendAsync(new { t = "p" }, ct);

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _reading;
    }

    private Task SendAsync(object frame, CancellationToken ct) => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, true, ct);

    private async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if ((await _socket.ReceiveAsync(Memory<byte>.Empty, ct)).MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                var buffer = new byte[4096];
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), ct);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                Hear(Encoding.UTF8.GetString(buffer, 0, length), Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            _welcome.TrySetException(e);
        }
    }

    private void Hear(string frame, long at)
    {
        using var json = JsonDocument.Parse(frame);
        var root = json.RootElement;
        switch (root.GetProperty("t").GetString())
        {
            case "welcome":
                _welcome.TrySetResult(root.GetProperty("token").GetString()!);
                break;
            case "line" when root.TryGetProperty("id", out var id):
                Arrived.TryAdd(id.GetString()!, at);
                break;
            case "ok":
                Taken.TryAdd(root.GetProperty("id").GetString()!, at);
                break;
            case "no":
                Refused++;
                break;
            default:
                break;
        }
    }
}
