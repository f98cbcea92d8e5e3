using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>A server that says what a test wants, however wrong, to each connection in turn.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Serves each connection with a script; the last script serves all further connections.</summary>
    public ScriptedServer(params Func<ScriptedPeer, Task>[] scripts)
        : this(IPAddress.Loopback, scripts)
    {
    }

    /// <summary>Listens on another address than loopback.</summary>
    public ScriptedServer(IPAddress address, params Func<ScriptedPeer, Task>[] scripts)
    {
        _listener = new(address, 0);
        _listener.Start();
        _serving = ServeAsync(scripts);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>What went wrong inside a script, to be shown when a test fails.</summary>
    public List<Exception> Failures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<ScriptedPeer, Task>[] scripts)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                running.Add(RunAsync(client, scripts[Math.Min(Connections++, scripts.Length - 1)]));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(TcpClient client, Func<ScriptedPeer, Task> script)
    {
        using var peer = new ScriptedPeer(client, _stop.Token);
        try
        {
            await script(peer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Failures.Add(e); // the client went away, which many tests want
        }
    }
}

/// <summary>The server's end of one scripted connection.</summary>
internal sealed class ScriptedPeer(TcpClient client, CancellationToken stop) : IDisposable
{
    private Stream _stream = client.GetStream();

    /// <summary>Every line that the client sent.</summary>
    public List<string> Heard { get; } = [];

    public CancellationToken Stop => stop;

    /// <summary>Sends lines, each ended with CRLF.</summary>
    public async Task SayAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await RawAsync(line + "\r\n");
        }
    }

    /// <summary>Sends text as it is.</summary>
    public Task RawAsync(string text) => RawAsync(Encoding.UTF8.GetBytes(text));

    public async Task RawAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    /// <summary>Reads a line; an <see cref="IOException"/> when the client is gone.</summary>
    public async Task<string> HearAsync()
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            if (await _stream.ReadAsync(one, stop) == 0)
            {
                throw new IOException("The client closed the connection.");
            }

            if (one[0] == '\n')
            {
                break;
            }

            bytes.Add(one[0]);
        }

        var line = Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
        Heard.Add(line);
        return line;
    }

    /// <summary>Reads bytes that are no line.</summary>
    public async Task<string> HearBytesAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, stop);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Hears one command that starts with the given words and answers with lines.</summary>
    public async Task AnswerAsync(string expected, params string[] lines)
    {
        var heard = await HearAsync();
        if (!heard.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException($"Expected “{expected}”, heard “{heard}”.");
        }

        await SayAsync(lines);
    }

    /// <summary>Hears an IMAP command, and answers; “$” in a line stands for the command's tag.</summary>
    public async Task<string> AnswerTaggedAsync(string expected, params string[] lines)
    {
        var heard = await HearAsync();
        var space = heard.IndexOf(' ', StringComparison.Ordinal);
        var (tag, command) = space < 0 ? ("", heard) : (heard[..space], heard[(space + 1)..]);
        if (!command.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException($"Expected “{expected}”, heard “{heard}”.");
        }

        await SayAsync([.. lines.Select(line => line.StartsWith("$ ", StringComparison.Ordinal) ? tag + line[1..] : line)]);
        return tag;
    }

    public async Task StartTlsAsync(X509Certificate2 certificate)
    {
        // The key must be in a form that the TLS library of this system can take.
        var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = usable }, stop);
        _stream = tls;
    }

    /// <summary>Breaks the connection without a word (RST).</summary>
    public void Cut()
    {
        client.Client.LingerState = new(true, 0);
        client.Client.Close();
    }

    /// <summary>Stays silent until the client goes or the test ends.</summary>
    public async Task StaySilentAsync()
    {
        var buffer = new byte[1024];
        while (await _stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        client.Dispose();
    }
}
