using System.Globalization;
using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>Commands and responses over a transport, one command at a time.</summary>
internal sealed class ImapDialogue(MailTransport transport, ImapOptions options, Action<ImapResponse> news)
{
    /// <summary>How long a server may take to end IDLE for a caller who is leaving.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ImapResponseReader _reader = new(transport, options);
    private int _lastTag;
    private int _busy;

    public MailTransport Transport => transport;

    /// <summary>What the server can; governs how literals are sent.</summary>
    public ImapCapabilities Capabilities { get; set; } = new([]);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="take">Is shown each untagged response first; true when it was the answer and no news.</param>
    /// <param name="ct">Cancelling breaks the connection, as the server would go on answering.</param>
    /// <returns>The tagged response: OK, NO or BAD.</returns>
    public async Task<ImapResponse> RunAsync(ImapCommand command, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        Enter();
        try
        {
            var tag = NextTag();
            var parts = command.Parts();
            var prefix = tag + " ";
            foreach (var part in parts)
            {
                if (await SendAsync(prefix, part, tag, take, ct) is { } early)
                {
                    return early;
                }

                prefix = "";
            }

            return await FinishAsync(tag, take, ct);
        }
        catch (OperationCanceledException)
        {
            transport.Break();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs a command during which the server asks back (AUTHENTICATE).</summary>
    /// <param name="command">The command line.</param>
    /// <param name="shown">What the trace gets.</param>
    /// <param name="answer">The line to send for a challenge.</param>
    /// <param name="take">As in <see cref="RunAsync"/>.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    public async Task<ImapResponse> ConverseAsync(
        string command, string shown, Func<string, string> answer, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        Enter();
        try
        {
            var tag = NextTag();
            transport.Queue($"{tag} {command}", $"{tag} {shown}");
            await transport.FlushAsync(ct);
            while (true)
            {
                var response = await NextAsync(tag, take, ct);
                if (response.Kind == ImapResponseKind.Tagged)
                {
                    return response;
                }

                transport.Queue(answer(response.Words), "***");
                await transport.FlushAsync(ct);
            }
        }
        catch (OperationCanceledException)
        {
            transport.Break();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>One IDLE (RFC 2177), until there is news, it is time to renew, or the caller wants no more.</summary>
    /// <param name="hasNews">Whether news arrived.</param>
    /// <param name="ct">Ends the waiting with DONE; the connection stays whole if the server agrees within <see cref="Grace"/>.</param>
    /// <returns>False when the server refused IDLE.</returns>
    public async Task<bool> IdleAsync(Func<bool> hasNews, CancellationToken ct)
    {
        Enter();
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Clock);
        await using var ending = ct.UnsafeRegister(_ => grace.CancelAfter(Grace), null);
        try
        {
            var tag = NextTag();
            transport.Queue($"{tag} IDLE");
            await transport.FlushAsync(grace.Token);
            var response = await NextAsync(tag, null, grace.Token);
            if (response.Kind == ImapResponseKind.Continuation && !await EndedByServerAsync(tag, hasNews, ct, grace.Token))
            {
                transport.Queue("DONE");
                await transport.FlushAsync(grace.Token);
                response = await FinishAsync(tag, null, grace.Token);
            }

            ct.ThrowIfCancellationRequested();
            return response.Kind == ImapResponseKind.Continuation || response.IsOk;
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            transport.Break();
            ct.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Hears news during IDLE; true when the server ended it by itself, as some do.</summary>
    private async Task<bool> EndedByServerAsync(string tag, Func<bool> hasNews, CancellationToken ct, CancellationToken grace)
    {
        var began = options.Clock.GetTimestamp();
        while (!hasNews())
        {
            var left = options.IdleRenewal - options.Clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !await WaitAsync(left, ct))
            {
                return false;
            }

            var response = await ReadAsync(grace);
            if (response.Kind == ImapResponseKind.Tagged)
            {
                IsOurs(response, tag);
                return true;
            }

            if (response.Kind == ImapResponseKind.Untagged)
            {
                Tell(response, null);
            }
        }

        return false;
    }

    private async Task<bool> WaitAsync(TimeSpan time, CancellationToken ct)
    {
        try
        {
            return await transport.WaitForDataAsync(time, ct);
        }
        catch (OperationCanceledException)
        {
            return false; // DONE comes next
        }
    }

    /// <summary>Reads a response outside any command: the greeting.</summary>
    public Task<ImapResponse> ReadAsync(CancellationToken ct) => _reader.ReadAsync(ct);

    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"A{++_lastTag}");

    private void Enter()
    {
        if (transport.IsBroken)
        {
            throw transport.Failure(MailConnectionReason.ConnectionLost, "The connection is closed.");
        }

        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("An IMAP connection runs one command at a time.");
        }
    }

    private void Leave() => Volatile.Write(ref _busy, 0);

    /// <summary>Sends one part; a tagged response when the server refused its literal.</summary>
    private async Task<ImapResponse?> SendAsync(string prefix, ImapCommand.Part part, string tag, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        if (part.Literal is null)
        {
            transport.Queue(prefix + part.Text, prefix + part.Shown);
            await transport.FlushAsync(ct);
            return null;
        }

        // RFC 7888: with LITERAL+ any literal, with LITERAL- a small one goes without asking.
        var unasked = Capabilities.Has("LITERAL+") || (part.Length <= 4096 && Capabilities.Has("LITERAL-"));
        var announcement = string.Create(CultureInfo.InvariantCulture, $"{(part.Binary ? "~" : "")}{{{part.Length}{(unasked ? "+" : "")}}}");
        transport.Queue(prefix + part.Text + announcement, prefix + part.Shown + announcement);
        if (!unasked)
        {
            await transport.FlushAsync(ct);
            var response = await NextAsync(tag, take, ct);
            if (response.Kind == ImapResponseKind.Tagged)
            {
                return response;
            }
        }

        var buffer = new byte[32 * 1024];
        int read;
        var left = part.Length;
        while (left > 0 && (read = await part.Literal.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), ct)) > 0)
        {
            transport.Queue(buffer.AsSpan(0, read));
            left -= read;
            await transport.FlushAsync(ct);
        }

        return left == 0 ? null : throw transport.Failure(MailConnectionReason.ConnectionLost, "The content was shorter than announced.");
    }

    private async Task<ImapResponse> FinishAsync(string tag, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        while (true)
        {
            var response = await NextAsync(tag, take, ct);
            if (response.Kind == ImapResponseKind.Tagged)
            {
                return response;
            }

            // A “+” that nobody asked for is noise.
        }
    }

    /// <summary>The next response that is for us: a continuation or the tagged end. News on the way is told.</summary>
    private async Task<ImapResponse> NextAsync(string tag, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        while (true)
        {
            var response = await ReadAsync(ct);
            switch (response.Kind)
            {
                case ImapResponseKind.Untagged:
                    Tell(response, take);
                    break;
                case ImapResponseKind.Tagged:
                    return IsOurs(response, tag);
                case ImapResponseKind.Continuation:
                    return response;
            }
        }
    }

    private ImapResponse IsOurs(ImapResponse response, string tag) => response.Tag == tag
        ? response
        : throw transport.Failure(MailConnectionReason.Protocol, $"The server answered {response.Tag} where {tag} was asked.");

    private void Tell(ImapResponse response, Func<ImapResponse, bool>? take)
    {
        if (take is not null && take(response))
        {
            return;
        }

        if (response.Name == "BYE")
        {
            throw ImapRefusal.Bye(transport, response);
        }

        news(response);
        foreach (var value in response.Values)
        {
            Release(value);
        }
    }

    /// <summary>A literal that nobody asked for may hold a temporary file.</summary>
    private static void Release(ImapValue value)
    {
        value.Literal?.Content?.Dispose();
        foreach (var item in value.Items ?? [])
        {
            Release(item);
        }
    }
}
