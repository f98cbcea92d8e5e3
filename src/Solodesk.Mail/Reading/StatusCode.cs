namespace Solodesk.Mail.Reading;

/// <summary>Finds status codes in what servers say: enhanced ones (RFC 3463) and SMTP replies (RFC 5321 §4.2).</summary>
internal static class StatusCode
{
    /// <summary>The first x.y.z with x of 2, 4 or 5; null when there is none. Dotted addresses and versions are not taken for one.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 4 < text.Length; i++)
        {
            if (text[i] is not ('2' or '4' or '5') || text[i + 1] != '.') continue;
            if (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '-')) continue;
            var subject = Digits(text, i + 2);
            if (subject is 0 or > 3 || i + 2 + subject >= text.Length || text[i + 2 + subject] != '.') continue;
            var start = i + 3 + subject;
            var detail = Digits(text, start);
            if (detail is 0 or > 3) continue;
            var end = start + detail;
            if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1])) continue;
            return text[i..end].ToString();
        }
        return null;
    }

    /// <summary>The class digit of the first three-digit SMTP reply that stands by itself; '\0' when there is none.</summary>
    public static char ReplyClass(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] is not ('4' or '5') || text[i + 1] is not (>= '0' and <= '5') || !char.IsAsciiDigit(text[i + 2])) continue;
            if (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '-' or ':' or '@' or '_')) continue;
            if (i + 3 >= text.Length || text[i + 3] is ' ' or '-' or ':' or ',' or '\n' or ')' or ']' or '#' or '；' or '：' or '，') return text[i];
        }
        return '\0';
    }

    private static int Digits(ReadOnlySpan<char> text, int start)
    {
        var count = 0;
        while (start + count < text.Length && char.IsAsciiDigit(text[start + count])) count++;
        return count;
    }
}
