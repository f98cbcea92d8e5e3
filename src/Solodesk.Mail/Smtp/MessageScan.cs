namespace Solodesk.Mail.Smtp;

/// <summary>What must be known of a message before it is offered to a server.</summary>
/// <param name="Size">Its octets with CRLF line ends, before dots are doubled (RFC 1870 §3).</param>
/// <param name="HeadersAreUtf8">Some header holds other than ASCII, so SMTPUTF8 is needed (RFC 6531 §3.1).</param>
/// <param name="BodyIs8Bit">The body holds other than ASCII, so 8BITMIME is needed (RFC 6152).</param>
internal readonly record struct MessageScan(long Size, bool HeadersAreUtf8, bool BodyIs8Bit)
{
    public static async Task<MessageScan> OfAsync(Stream message, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var lines = new CrLfLines();
        var (size, headers8, body8, inHeaders, lineLength) = (0L, false, false, true, 0);
        int read;
        while ((read = await message.ReadAsync(buffer, ct)) > 0)
        {
            foreach (var b in buffer.AsSpan(0, read))
            {
                var step = lines.Next(b);
                size += step.BreakFirst ? 2 : 0;
                if (step.BreakFirst || step.IsBreak)
                {
                    inHeaders &= lineLength > 0;
                    lineLength = 0;
                }

                size += step.IsBreak ? 2 : step.IsByte ? 1 : 0;
                lineLength += step.IsByte ? 1 : 0;
                headers8 |= b > 127 && inHeaders;
                body8 |= b > 127 && !inHeaders;
            }
        }

        return new(size + (lines.EndsInsideLine ? 2 : 0), headers8, body8);
    }
}

/// <summary>
/// Sees bytes as lines that end with CRLF, whether they ended with CRLF, LF or CR before. A bare CR or LF must not reach the server: some
/// read “LF . LF” as the end of the message (SMTP smuggling).
/// </summary>
internal struct CrLfLines
{
    private bool _afterCr;
    private bool _inLine;

    public readonly bool EndsInsideLine => _inLine || _afterCr;

    public readonly record struct Step(bool BreakFirst, bool IsBreak, bool IsByte);

    public Step Next(byte b)
    {
        if (_afterCr)
        {
            _afterCr = b == '\r';
            if (b == '\n')
            {
                _inLine = false;
                return new(false, true, false);
            }

            _inLine = b != '\r';
            return new(true, false, b != '\r');
        }

        if (b == '\r')
        {
            _afterCr = true;
            return default;
        }

        _inLine = b != '\n';
        return new(false, b == '\n', b != '\n');
    }
}
