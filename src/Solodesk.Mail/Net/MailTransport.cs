using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Solodesk.Mail.Net;

/// <summary>
/// A connection that speaks in lines: buffered both ways, every wait bounded, TLS from the start or later. One read is kept pending
/// across a cancelled wait, so that IDLE can be left without tearing the stream. Not for use by two callers at once.
/// </summary>
internal sealed class MailTransport : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly MailServerOptions _options;
    private readonly Socket _socket;
    private readonly MemoryStream _out = new();
    private Stream _stream;
    private byte[] _in = new byte[BufferSize];
    private int _start;
    private int _end;
    private Task<int>? _pendingRead;
    private bool _disposed;

    private MailTransport(MailServerOptions options, Socket socket)
    {
        _options = options;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public bool IsEncrypted { get; private set; }

    /// <summary>True once the connection failed or was closed; nothing more can be said on it.</summary>
    public bool IsBroken { get; private set; }

    private bool IsLoopback => _socket.RemoteEndPoint is IPEndPoint remote && IPAddress.IsLoopback(remote.Address);

    public static async Task<MailTransport> ConnectAsync(MailServerOptions options, CancellationToken ct)
    {
        var transport = new MailTransport(options, await Dialling.ConnectAsync(options, ct));
        try
        {
            if (options.Security == ConnectionSecurity.ImplicitTls)
            {
                await transport.StartTlsAsync(ct);
            }
            else if (options.Security == ConnectionSecurity.None)
            {
                transport.RefusePlaintext();
            }

            return transport;
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws unless the connection is encrypted, stays on this machine, or the owner insists.</summary>
    public void RefusePlaintext()
    {
        if (!IsEncrypted && !IsLoopback && !_options.AllowPlaintext)
        {
            throw Failure(MailConnectionReason.PlaintextRefused, "The connection would not be encrypted.");
        }
    }

    /// <summary>Turns to TLS. What the server sent before is a sign of an attacker (CVE-2011-0411) and ends the connection.</summary>
    public async Task StartTlsAsync(CancellationToken ct)
    {
        if (_end > _start || _pendingRead is not null)
        {
            throw Failure(MailConnectionReason.TlsFailed, "The server sent data in plaintext after agreeing to TLS.");
        }

        var certificate = new ServerCertificate(_options);
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            // Revocation is not looked up: the lookup itself would go out in plaintext and may hang for longer than a mail server waits.
            await tls.AuthenticateAsClientAsync(
                new() { TargetHost = _options.Host, RemoteCertificateValidationCallback = certificate.Accept }, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw Failure(MailConnectionReason.TimedOut, "The server did not answer the TLS handshake in time.");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            throw Failure(MailConnectionReason.TlsFailed, e.Message, e, certificate.Problem);
        }

        _stream = tls;
        IsEncrypted = true;
        _options.Trace?.Invoke($"-- {tls.SslProtocol}, {tls.NegotiatedCipherSuite}");
    }

    /// <summary>Puts a line into the outgoing buffer and adds CRLF.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="shown">What the trace gets instead, for a line with a secret.</param>
    public void Queue(string line, string? shown = null)
    {
        _options.Trace?.Invoke("C: " + (shown ?? line));
        _out.Write(Encoding.UTF8.GetBytes(line));
        _out.Write("\r\n"u8);
    }

    /// <summary>Puts bytes into the outgoing buffer; the trace does not see them.</summary>
    public void Queue(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    /// <summary>Notes in the trace that bytes were left out of it.</summary>
    public void Note(string text) => _options.Trace?.Invoke("-- " + text);

    /// <summary>How many bytes wait to be sent.</summary>
    public int Queued => (int)_out.Length;

    /// <summary>Sends the outgoing buffer.</summary>
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_out.Length == 0)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(_options.CommandTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await _stream.WriteAsync(_out.GetBuffer().AsMemory(0, (int)_out.Length), either.Token);
            await _stream.FlushAsync(either.Token);
            _out.SetLength(0);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure(MailConnectionReason.TimedOut, "The server did not take the data in time.");
        }
        catch (OperationCanceledException)
        {
            IsBroken = true; // part of a command may be on its way
            throw;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw Failure(MailConnectionReason.ConnectionLost, e.Message, e);
        }
    }

    /// <summary>Reads a line without its end (CRLF, or LF alone). The memory is good until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(int maxLength, TimeSpan timeout, CancellationToken ct)
    {
        var scanned = 0;
        while (true)
        {
            var at = _in.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var length = scanned + at;
                var line = _in.AsMemory(_start, length > 0 && _in[_start + length - 1] == '\r' ? length - 1 : length);
                _start += length + 1;
                return line;
            }

            scanned = _end - _start;
            if (scanned > maxLength)
            {
                throw Failure(MailConnectionReason.Protocol, $"The server sent a line of more than {maxLength} octets.");
            }

            await FillAsync(timeout, ct);
        }
    }

    /// <summary>Reads exactly so many bytes into a sink.</summary>
    public async ValueTask ReadIntoAsync(Stream sink, long count, TimeSpan timeout, CancellationToken ct)
    {
        while (count > 0)
        {
            if (_start == _end)
            {
                await FillAsync(timeout, ct);
            }

            var take = (int)Math.Min(count, _end - _start);
            await sink.WriteAsync(_in.AsMemory(_start, take), ct);
            _start += take;
            count -= take;
        }
    }

    /// <summary>Waits until something is there to be read; false when the time ran out first. Cancelling leaves the connection whole.</summary>
    public async ValueTask<bool> WaitForDataAsync(TimeSpan timeout, CancellationToken ct)
    {
        if (_end > _start)
        {
            return true;
        }

        return await TryFillAsync(timeout, ct);
    }

    /// <summary>Shows a received line to the trace.</summary>
    public void TraceReceived(ReadOnlySpan<byte> line)
    {
        if (_options.Trace is { } trace)
        {
            trace("S: " + Encoding.UTF8.GetString(line.Length > 2000 ? line[..2000] : line));
        }
    }

    public MailConnectionException Failure(
        MailConnectionReason reason, string message, Exception? inner = null, CertificateProblem? certificate = null, string? words = null)
    {
        IsBroken = true;
        return Problem(reason, message, inner, certificate, words);
    }

    /// <summary>An error of the server's that leaves the connection usable.</summary>
    public MailConnectionException Problem(
        MailConnectionReason reason, string message, Exception? inner = null, CertificateProblem? certificate = null, string? words = null) =>
        new(reason, $"{_options.Host}:{_options.Port}: {message}", inner)
        {
            Host = _options.Host,
            Port = _options.Port,
            Certificate = certificate,
            ServerWords = words,
        };

    public void Break() => IsBroken = true;

    /// <summary>This end as an address literal (RFC 5321 §4.1.3).</summary>
    public string LocalLiteral() => _socket.LocalEndPoint is IPEndPoint { Address: var address }
        ? address.IsIPv4MappedToIPv6 ? $"[{address.MapToIPv4()}]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address.ToString().Split('%')[0]}]"
        : $"[{address}]"
        : "[127.0.0.1]";

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        IsBroken = true;
        // The socket goes first: SslStream would otherwise wait to say goodbye to a peer that may be gone.
        _socket.Dispose();
        try
        {
            await _stream.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            Note(e.Message);
        }

        _ = _pendingRead?.ContinueWith(read => read.Exception, TaskScheduler.Default);
    }

    private async ValueTask FillAsync(TimeSpan timeout, CancellationToken ct)
    {
        if (!await TryFillAsync(timeout, ct))
        {
            throw Failure(MailConnectionReason.TimedOut, $"The server said nothing for {timeout.TotalSeconds:0.#} seconds.");
        }
    }

    private async ValueTask<bool> TryFillAsync(TimeSpan timeout, CancellationToken ct)
    {
        int read;
        try
        {
            _pendingRead ??= BeginRead();
            read = await _pendingRead.WaitAsync(timeout, _options.Clock, ct);
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw Failure(MailConnectionReason.ConnectionLost, e.Message, e);
        }

        _pendingRead = null;
        if (read == 0)
        {
            throw Failure(MailConnectionReason.ConnectionLost, "The server closed the connection.");
        }

        _end += read;
        return true;
    }

    private Task<int> BeginRead()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_in.Length > 64 * BufferSize)
            {
                _in = new byte[BufferSize]; // a giant line is over
            }
        }
        else if (_end == _in.Length && _start > 0)
        {
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _in.Length)
        {
            Array.Resize(ref _in, _in.Length * 2);
        }

        return _stream.ReadAsync(_in.AsMemory(_end), CancellationToken.None).AsTask();
    }
}
