using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Solodesk.Browser.Stage;

/// <summary>Somebody's own site, on another origin and with a strict policy, that shows the widget by one line.</summary>
internal sealed class StrangeSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly string _desk;
    private readonly Task _serving;

    public StrangeSite(string desk)
    {
        _desk = desk;
        _listener.Start();
        _serving = ServeAsync();
    }

    // By name: another host than the desk's number, so that not even cookies are shared.
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _serving;
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var first = await reader.ReadLineAsync(_closing.Token) ?? "";
                while (await reader.ReadLineAsync(_closing.Token) is { Length: > 0 })
                {
                    // Headers are all the same to this site.
                }

                var english = first.Contains("/en", StringComparison.Ordinal);
                var body = Encoding.UTF8.GetBytes($"""
                    <!doctype html><html lang="{(english ? "en" : "zh-CN")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{(english ? "A shop" : "一家店")}</title></head>
                    <body><main><h1>{(english ? "Notebooks" : "本子")}</h1></main><script src="{_desk}/widget.js" async></script></body></html>
                    """);
                var policy = $"default-src 'none'; script-src {_desk}; connect-src {_desk} {_desk.Replace("http", "ws", StringComparison.Ordinal)}; img-src {_desk}; require-trusted-types-for 'script'";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _closing.Token);
                await stream.WriteAsync(body, _closing.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The browser changed its mind.
            }
        }
    }
}
