using System.Net;
using System.Net.Sockets;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>How a <see cref="FailingWire"/> fails.</summary>
internal enum WireFailure
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection is closed in order.</summary>
    Close,

    /// <summary>Nothing comes any more, as when a router forgets the connection.</summary>
    Silence,
}

/// <summary>Stands between a client and a real server and fails after so many bytes from the server.</summary>
internal sealed class FailingWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly int _serverPort;
    private readonly int _after;
    private readonly WireFailure _failure;

    public FailingWire(int serverPort, int after, WireFailure failure)
    {
        (_serverPort, _after, _failure) = (serverPort, after, failure);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True once it failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What the server sent and the client got.</summary>
    public int Passed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            var up = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            await DownAsync(server.GetStream(), client);
            server.Close();
            await up;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // the client went first
        }
    }

    private async Task DownAsync(NetworkStream server, TcpClient client)
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await server.ReadAsync(buffer, _stop.Token)) > 0)
        {
            var pass = Math.Min(read, _after - Passed);
            await client.GetStream().WriteAsync(buffer.AsMemory(0, pass), _stop.Token);
            Passed += pass;
            if (Passed < _after)
            {
                continue;
            }

            HasFailed = true;
            switch (_failure)
            {
                case WireFailure.Reset:
                    client.Client.LingerState = new(true, 0);
                    client.Client.Close();
                    return;
                case WireFailure.Close:
                    client.Client.Shutdown(SocketShutdown.Send);
                    return;
                case WireFailure.Silence:
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    return;
            }
        }
    }
}
