namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Tells base64 from plain text that only says so.</summary>
internal static class Base64Content
{
    /// <summary>False where the beginning holds eight-bit text, or blanks between words; a clean first line, or mere damage, is base64.</summary>
    public static bool Looks(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        var sample = body[..Math.Min(body.Length, 2048)];
        var end = sample.IndexOfAny((byte)'\r', (byte)'\n');
        if (end >= 8 && end % 4 == 0 && IsClean(sample[..end])) return true;
        int high = 0, blanks = 0, alphabet = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            var c = sample[i];
            if (c >= 0x80) high++;
            else if (c is (byte)' ' && i + 1 < sample.Length && char.IsAsciiLetterOrDigit((char)sample[i + 1]) && sample[i - 1] > ' ') blanks++;
            else if (char.IsAsciiLetterOrDigit((char)c)) alphabet++;
        }
        return high * 4 <= alphabet && blanks * 12 <= alphabet;
    }

    private static bool IsClean(ReadOnlySpan<byte> line)
    {
        foreach (var c in line) if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'+' or (byte)'/' or (byte)'=')) return false;
        return true;
    }
}
