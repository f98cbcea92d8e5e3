using System.Globalization;
using System.Text;
using Solodesk.Mail.Net;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Smtp;

/// <summary>One message on its way: MAIL, RCPT for each recipient, DATA.</summary>
internal sealed class SmtpTransaction(
    SmtpDialogue dialogue, SmtpCapabilities offered, SmtpOptions options, string envelopeFrom, IReadOnlyList<string> recipients)
{
    private const int PipelinedRecipients = 50;
    private const int ChunkSize = 32 * 1024;

    private readonly SmtpReply?[] _replies = new SmtpReply?[recipients.Count];
    private bool _utf8;

    /// <summary>True when the server heard of it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>True when the server answered the message itself, which leaves nothing to reset.</summary>
    public bool EndedWithData { get; private set; }

    public async Task<SmtpSendResult> RunAsync(Stream message, CancellationToken ct)
    {
        message = await SeekableAsync(message, ct);
        var start = message.Position;
        var scan = await MessageScan.OfAsync(message, ct);
        message.Position = start;

        if (RefusedBeforehand(scan) is { } refusal)
        {
            return Whole(refusal);
        }

        if (!recipients.Where((_, i) => _replies[i] is null).Any())
        {
            return Whole(_replies[0]!);
        }

        var mail = MailCommand(scan);
        if (await EnvelopeAsync(mail, ct) is { } early)
        {
            return Whole(early);
        }

        return Whole(await DataAsync(message, ct));
    }

    private static async Task<Stream> SeekableAsync(Stream message, CancellationToken ct)
    {
        if (message.CanSeek)
        {
            return message;
        }

        var copy = new MemoryStream();
        await message.CopyToAsync(copy, ct);
        copy.Position = 0;
        return copy;
    }

    /// <summary>What we know without asking: the server would have to refuse, or would damage the mail.</summary>
    private SmtpReply? RefusedBeforehand(MessageScan scan)
    {
        var smtpUtf8 = offered.Has("SMTPUTF8");
        if (offered.MaxSize is { } max && scan.Size > max)
        {
            return SmtpReply.Local(552, new(5, 3, 4), string.Create(CultureInfo.InvariantCulture, $"The message has {scan.Size} octets, the server takes {max}."));
        }

        if (!smtpUtf8 && (scan.HeadersAreUtf8 || AddressText.NeedsUtf8(envelopeFrom)))
        {
            return SmtpReply.Local(550, new(5, 6, 7), "The message has headers or a sender in other than ASCII, and the server does not offer SMTPUTF8.");
        }

        if (scan.BodyIs8Bit && !offered.Has("8BITMIME"))
        {
            return SmtpReply.Local(554, new(5, 6, 3), "The message is 8-bit, and the server does not offer 8BITMIME.");
        }

        for (var i = 0; i < recipients.Count && !smtpUtf8; i++)
        {
            if (AddressText.NeedsUtf8(recipients[i]))
            {
                _replies[i] = SmtpReply.Local(553, new(5, 6, 7), "The address is not ASCII, and the server does not offer SMTPUTF8.");
            }
        }

        _utf8 = smtpUtf8 && (scan.HeadersAreUtf8 || AddressText.NeedsUtf8(envelopeFrom) || recipients.Any(AddressText.NeedsUtf8));
        return null;
    }

    private string MailCommand(MessageScan scan)
    {
        var command = new StringBuilder($"MAIL FROM:<{(envelopeFrom.Length == 0 ? "" : AddressText.Write(envelopeFrom, _utf8, "MAIL FROM"))}>");
        if (offered.Has("SIZE"))
        {
            command.Append(CultureInfo.InvariantCulture, $" SIZE={scan.Size}");
        }

        command.Append(scan.BodyIs8Bit || (_utf8 && offered.Has("8BITMIME")) ? " BODY=8BITMIME" : "");
        return command.Append(_utf8 ? " SMTPUTF8" : "").ToString();
    }

    /// <summary>MAIL and RCPT, in groups where the server allows (RFC 2920); a reply when that already decides about everybody.</summary>
    private async Task<SmtpReply?> EnvelopeAsync(string mail, CancellationToken ct)
    {
        var open = Enumerable.Range(0, recipients.Count).Where(i => _replies[i] is null).ToArray();
        var commands = open.ToDictionary(i => i, i => $"RCPT TO:<{AddressText.Write(recipients[i], _utf8, "RCPT TO")}>");
        var pipelining = offered.Has("PIPELINING");
        HasBegun = true;
        dialogue.Transport.Queue(mail);
        var mailReply = pipelining ? null : await FirstReplyAsync(ct);
        if (mailReply is { Outcome: not SmtpOutcome.Ok })
        {
            return Ending(mailReply);
        }

        foreach (var group in open.Chunk(pipelining ? PipelinedRecipients : 1))
        {
            foreach (var i in group)
            {
                dialogue.Transport.Queue(commands[i]);
            }

            mailReply ??= await FirstReplyAsync(ct);
            if (mailReply.Outcome != SmtpOutcome.Ok)
            {
                return await SkipAsync(group.Length, mailReply, ct);
            }

            await dialogue.Transport.FlushAsync(ct);
            foreach (var i in group)
            {
                var reply = await dialogue.ReadReplyAsync(options.CommandTimeout, ct);
                ThrowIfSignInWanted(reply);
                _replies[i] = reply;
                if (reply.Code == 421)
                {
                    return Closing(reply);
                }
            }
        }

        return _replies.Any(reply => reply!.Outcome == SmtpOutcome.Ok) ? null : _replies[^1];
    }

    private async Task<SmtpReply> FirstReplyAsync(CancellationToken ct)
    {
        await dialogue.Transport.FlushAsync(ct);
        var reply = await dialogue.ReadReplyAsync(options.CommandTimeout, ct);
        ThrowIfSignInWanted(reply);
        return reply;
    }

    /// <summary>The sender was refused: the answers to the recipients that went along mean nothing, but have to be read.</summary>
    private async Task<SmtpReply> SkipAsync(int replies, SmtpReply mailReply, CancellationToken ct)
    {
        try
        {
            for (var i = 0; i < replies && mailReply.Code != 421; i++)
            {
                await dialogue.ReadReplyAsync(options.CommandTimeout, ct);
            }
        }
        catch (MailConnectionException)
        {
            return Closing(mailReply);
        }

        return Ending(mailReply);
    }

    private void ThrowIfSignInWanted(SmtpReply reply)
    {
        if (SmtpAuthentication.ReasonOutsideAuth(reply) is { } reason)
        {
            throw dialogue.Refusal(reply, reason);
        }
    }

    private async Task<SmtpReply> DataAsync(Stream message, CancellationToken ct)
    {
        var reply = await dialogue.CommandAsync("DATA", ct);
        if (reply.Code != 354)
        {
            return Ending(reply.Outcome == SmtpOutcome.Ok ? throw dialogue.Refusal(reply, MailConnectionReason.Protocol) : reply);
        }

        var complete = false;
        try
        {
            await WriteDataAsync(message, ct);
            complete = true;
            var last = await dialogue.ReadReplyAsync(options.AcceptTimeout, ct);
            EndedWithData = true;
            return Ending(last);
        }
        catch (MailConnectionException e) when (complete)
        {
            throw new MailConnectionException(e.Reason, e.Message, e)
            {
                Host = e.Host,
                Port = e.Port,
                ServerWords = e.ServerWords,
                MayHaveBeenSent = true,
            };
        }
        catch (MailConnectionException e) when (e.Reason == MailConnectionReason.ConnectionLost)
        {
            // A server that closes in the midst of the message has often said why just before.
            if (await LastWordsAsync(ct) is { } words)
            {
                return Closing(words);
            }

            throw;
        }
    }

    private async Task WriteDataAsync(Stream message, CancellationToken ct)
    {
        var stuffing = new DotStuffing();
        var buffer = new byte[ChunkSize];
        using var chunk = new MemoryStream(ChunkSize * 2);
        int read;
        long total = 0;
        while ((read = await message.ReadAsync(buffer, ct)) > 0)
        {
            stuffing.Write(buffer.AsSpan(0, read), chunk);
            total += read;
            await SendChunkAsync(chunk, ct);
        }

        stuffing.Finish(chunk);
        dialogue.Transport.Note(string.Create(CultureInfo.InvariantCulture, $"a message of {total} octets"));
        await SendChunkAsync(chunk, ct);
    }

    private async Task SendChunkAsync(MemoryStream chunk, CancellationToken ct)
    {
        dialogue.Transport.Queue(chunk.GetBuffer().AsSpan(0, (int)chunk.Length));
        chunk.SetLength(0);
        await dialogue.Transport.FlushAsync(ct);
    }

    private async Task<SmtpReply?> LastWordsAsync(CancellationToken ct)
    {
        try
        {
            var reply = await dialogue.ReadReplyAsync(TimeSpan.FromSeconds(2), ct);
            return reply.Outcome == SmtpOutcome.Ok ? null : reply;
        }
        catch (MailConnectionException)
        {
            return null;
        }
    }

    private SmtpReply Ending(SmtpReply reply) => reply.Code == 421 ? Closing(reply) : reply;

    /// <summary>421 says that the server hangs up (RFC 5321 §3.8).</summary>
    private SmtpReply Closing(SmtpReply reply)
    {
        dialogue.Transport.Break();
        return reply;
    }

    /// <summary>Recipients that were refused keep their own reply, all others get the one that ended the transaction.</summary>
    private SmtpSendResult Whole(SmtpReply reply) => new(reply,
    [
        .. recipients.Select((address, i) =>
        {
            var own = _replies[i] is { } said && said.Outcome != SmtpOutcome.Ok ? said : reply;
            var outcome = own.Code == 552 && own == _replies[i] && own.Enhanced is null ? SmtpOutcome.RetryLater : own.Outcome;
            return new SmtpRecipientResult(address, outcome, own);
        }),
    ]);
}
