using System.Net;
using System.Net.Sockets;

namespace Solodesk.Mail.Net;

/// <summary>Finds a host and connects to the first of its addresses that answers.</summary>
internal static class Dialling
{
    public static async Task<Socket> ConnectAsync(MailServerOptions options, CancellationToken ct)
    {
        var addresses = await ResolveAsync(options, ct);
        MailConnectionException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await ConnectAsync(options, address, addresses.Length, ct);
            }
            catch (MailConnectionException e)
            {
                last = e;
            }
        }

        throw last ?? Failure(options, MailConnectionReason.NameNotResolved, "The host name has no address.", null);
    }

    private static async Task<IPAddress[]> ResolveAsync(MailServerOptions options, CancellationToken ct)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(options.Host, ct).WaitAsync(options.ConnectTimeout, options.Clock, ct);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
            throw Failure(options, MailConnectionReason.NameNotResolved, $"The host name was not found ({e.Message})", e);
        }
    }

    private static async Task<Socket> ConnectAsync(MailServerOptions options, IPAddress address, int candidates, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // A dead IPv6 route must not eat the time of the IPv4 address behind it.
        using var timeout = new CancellationTokenSource(options.ConnectTimeout / Math.Min(candidates, 3), options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, options.Port), either.Token);
            KeepAlive(socket);
            return socket;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw Failure(options, MailConnectionReason.PortBlocked, $"{address} did not answer in time.", null);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Failure(options, e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => MailConnectionReason.PortRefused,
                SocketError.ConnectionReset or SocketError.ConnectionAborted => MailConnectionReason.ConnectionLost,
                _ => MailConnectionReason.PortBlocked,
            }, e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Probes an idle connection, so that a dead peer is noticed by the system after about two minutes.</summary>
    private static void KeepAlive(Socket socket)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
        }
        catch (SocketException)
        {
            // The peer has already reset the connection; the first read will tell.
        }
    }

    private static MailConnectionException Failure(MailServerOptions options, MailConnectionReason reason, string message, Exception? inner) =>
        new(reason, $"{options.Host}:{options.Port}: {message}", inner) { Host = options.Host, Port = options.Port };
}
