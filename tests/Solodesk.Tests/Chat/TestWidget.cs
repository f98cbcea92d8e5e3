using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Solodesk.Tests.Chat;

/// <summary>A widget's connection, speaking docs/chat-protocol.md.</summary>
internal sealed class TestWidget : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebSocket _socket;
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly Task _reading;

    private TestWidget(WebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public JsonElement Welcome { get; private set; }

    public string Token => Welcome.GetProperty("token").GetString()!;

    /// <summary>Everything heard, in order.</summary>
    public List<JsonElement> Heard { get; } = [];

    public IEnumerable<JsonElement> Lines => Heard.Where(f => f.GetProperty("t").GetString() == "line");

    public static async Task<TestWidget> OpenAsync(DeskApp desk, TestWidget? again = null, long after = 0, object? user = null, string lang = "zh-CN", string? origin = null)
    {
        _ = desk.Visitor();
        var client = desk.Server.CreateWebSocketClient();
        if (origin is not null)
        {
            client.ConfigureRequest = r => r.Headers.Origin = origin;
        }

        var widget = new TestWidget(await client.ConnectAsync(new Uri("ws://localhost/chat/socket"), Ct));
        var talk = again?.Welcome.TryGetProperty("talk", out var known) == true ? known.GetString() : again?.Lines.LastOrDefault() is { ValueKind: JsonValueKind.Object } line ? line.GetProperty("talk").GetString() : null;
        await widget.SendAsync(new { t = "hello", lang, token = again?.Token, talk, after, user, context = new { page = "https://shop.example.com/cart", browser = "Mozilla/5.0 (X11; Linux) Chrome/140 Safari/537", locale = "zh-CN" } });
        widget.Welcome = await widget.UntilAsync("welcome");
        return widget;
    }

    public Task SendAsync(object frame) => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, true, Ct);

    public async Task<JsonElement> SayAsync(string text, string? id = null, string[]? files = null)
    {
        id ??= Guid.CreateVersion7().ToString("N");
        await SendAsync(new { t = "say", id, text, files });
        return await UntilAsync(f => f.GetProperty("t").GetString() is "ok" or "no" && f.TryGetProperty("id", out var own) && own.GetString() == id);
    }

    public Task<JsonElement> UntilAsync(string type) => UntilAsync(f => f.GetProperty("t").GetString() == type);

    public Task<JsonElement> LineAsync(string kind) => UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.GetProperty("kind").GetString() == kind);

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> wanted)
    {
        foreach (var heard in Heard)
        {
            if (!_asked.Contains(heard.GetRawText()) && wanted(heard))
            {
                _asked.Add(heard.GetRawText());
                return heard;
            }
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(limit.Token);
                Heard.Add(frame);
                if (wanted(frame))
                {
                    _asked.Add(frame.GetRawText());
                    return frame;
                }
            }
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            throw new TimeoutException("Heard only: " + string.Join("\n", Heard));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _reading;
    }

    private readonly HashSet<string> _asked = [];

    private async Task ReadAsync()
    {
        var buffer = new byte[128 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                using var json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer, 0, length));
                _frames.Writer.TryWrite(json.RootElement.Clone());
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Closed by either side.
        }

        _frames.Writer.TryComplete();
    }
}
