namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Tells base64 from plain text that only says so.</summary>
internal static class Base64Content
{
    /// <summary>False where the beginning holds more foreign characters, or more blanks between words, than damage explains.</summary>
    public static bool Looks(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        var sample = body[..Math.Min(body.Length, 2048)];
        int foreign = 0, alphabet = 0;
        foreach (var c in sample)
        {
            if (char.IsAsciiLetterOrDigit((char)c) || c is (byte)'+' or (byte)'/' or (byte)'=') alphabet++;
            else if (c is not ((byte)'\r' or (byte)'\n')) foreign++;
        }
        return foreign * 8 <= alphabet;
    }
}
