using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Solodesk.Mail.Imap;

/// <summary>Mailbox names in modified UTF-7 (RFC 3501 §5.1.3): <c>&amp;XfJT0ZAB-</c> is 已发送.</summary>
internal static class ModifiedUtf7
{
    public static string Encode(string name)
    {
        var text = new StringBuilder(name.Length + 16);
        for (var i = 0; i < name.Length;)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                text.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
                continue;
            }

            var start = i;
            while (i < name.Length && name[i] is < ' ' or > '~')
            {
                i++;
                if (i == name.Length)
                {
                    break;
                }
            }

            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name, start, i - start));
            text.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
        }

        return text.ToString();
    }

    /// <summary>Reads a name; false when it is not in this encoding, as some servers send raw UTF-8 or a lone ampersand.</summary>
    public static bool TryDecode(string encoded, [NotNullWhen(true)] out string? name)
    {
        name = null;
        var text = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '&')
            {
                if (encoded[i] > '~')
                {
                    return false;
                }

                text.Append(encoded[i]);
                continue;
            }

            var end = encoded.IndexOf('-', i + 1);
            if (end < 0)
            {
                return false;
            }

            if (end == i + 1)
            {
                text.Append('&');
            }
            else if (TryBase64(encoded[(i + 1)..end], out var bytes) && bytes.Length > 0 && bytes.Length % 2 == 0)
            {
                text.Append(Encoding.BigEndianUnicode.GetString(bytes));
            }
            else
            {
                return false;
            }

            i = end;
        }

        name = text.ToString();
        return true;
    }

    private static bool TryBase64(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Contains('/', StringComparison.Ordinal) || text.Length % 4 == 1)
        {
            return false;
        }

        try
        {
            bytes = Convert.FromBase64String(text.Replace(',', '/').PadRight((text.Length + 3) / 4 * 4, '='));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
