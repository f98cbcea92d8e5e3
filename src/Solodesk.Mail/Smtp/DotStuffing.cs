namespace Solodesk.Mail.Smtp;

/// <summary>Writes a message as the DATA command wants it: CRLF line ends, leading dots doubled, a lone dot at the end (RFC 5321 §4.5.2).</summary>
internal sealed class DotStuffing
{
    private CrLfLines _lines;
    private bool _lineStart = true;

    public void Write(ReadOnlySpan<byte> bytes, MemoryStream output)
    {
        foreach (var b in bytes)
        {
            var step = _lines.Next(b);
            if (step.BreakFirst || step.IsBreak)
            {
                output.Write("\r\n"u8);
                _lineStart = true;
            }

            if (step.IsByte)
            {
                if (_lineStart && b == '.')
                {
                    output.WriteByte((byte)'.');
                }

                output.WriteByte(b);
                _lineStart = false;
            }
        }
    }

    public void Finish(MemoryStream output)
    {
        if (_lines.EndsInsideLine)
        {
            output.Write("\r\n"u8);
        }

        output.Write(".\r\n"u8);
    }
}
