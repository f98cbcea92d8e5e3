using System.Text;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>Reads one piece of an address list; it may still hold several addresses whose comma was forgotten.</summary>
internal static class AddressReader
{
    public static void Read(string piece, List<MailboxAddress> found, int depth)
    {
        var text = Uncomment(piece, out var comment);
        var open = OpenBracket(text);
        if (open < 0)
        {
            ReadBare(text, comment, found, depth);
            return;
        }
        while (open >= 0)
        {
            var close = CloseBracket(text, open);
            var inside = close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
            var rest = close < 0 ? "" : text[(close + 1)..].TrimStart('>', ' ');
            var name = Phrase(text[..open]);
            var next = OpenBracket(rest);
            if (name.Length == 0 && next < 0 && rest.Length > 0 && !rest.Contains('@')) name = Phrase(rest);
            if (name.Length == 0 && comment is not null) name = comment;
            Add(name, Specification(inside), found, depth);
            comment = null;
            if (next < 0 && rest.Contains('@') && name.Length > 0) ReadBare(rest, null, found, depth);
            text = rest;
            open = next;
        }
    }

    private static void ReadBare(string text, string? comment, List<MailboxAddress> found, int depth)
    {
        text = text.Trim().Trim('>').Trim();
        if (text.Length == 0) return;
        var decoded = EncodedWords.Decode(text);
        if (!text.Contains('@') && decoded.Contains('@') && depth == 0)
        {
            // The whole address was put into an encoded word.
            Read(decoded, found, depth + 1);
            return;
        }
        text = Joined(text);
        if (text[0] == '"' && AddressParser.QuoteEnd(text, 0) is var end and > 0 && !text[end..].StartsWith("\"@", StringComparison.Ordinal))
        {
            var after = text[(end + 1)..].Trim();
            if (after.Contains('@')) Add(Phrase(text[..(end + 1)]), Specification(after), found, depth);
            else Add(comment, Phrase(text), found, depth);
            return;
        }
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && Array.TrueForAll(words, w => w.Contains('@')))
        {
            foreach (var word in words) Add(null, Specification(word), found, depth);
            return;
        }
        if (words.Length > 1 && !text.Contains("\"@", StringComparison.Ordinal))
        {
            // "Name name@host" without brackets: the word with the @ is the address.
            var at = Array.FindLastIndex(words, w => w.Contains('@'));
            if (at >= 0)
            {
                var name = Phrase(string.Join(' ', words.Where((_, i) => i != at)));
                Add(name.Length > 0 ? name : comment, Specification(words[at].Trim('[', ']')), found, depth);
                return;
            }
            Add(comment, decoded.Trim(), found, depth);
            return;
        }
        Add(comment, Specification(text), found, depth);
    }

    private static void Add(string? name, string address, List<MailboxAddress> found, int depth)
    {
        if (name is { Length: 0 }) name = null;
        // "<>" is the null sender of a bounce, not an address; an address that hides in the name is taken out.
        if (address.Length == 0)
        {
            if (name is null) return;
            if (depth == 0 && name.Contains('@') && !name.Contains('<')) Read(name, found, depth + 1);
            else found.Add(new(null, name));
            return;
        }
        if (address.StartsWith("=?", StringComparison.Ordinal)) address = EncodedWords.Decode(address).Trim();
        found.Add(new(name, address));
    }

    /// <summary>The address inside brackets: without its route (RFC 5322 §4.4), white space and "mailto:".</summary>
    private static string Specification(string inside)
    {
        var text = inside.Trim().Trim('<', '>').Trim();
        if (text.StartsWith('@') && text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0) text = text[(colon + 1)..].Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"' && text.Contains('@')) text = text[1..^1];
        if (text.Length > 2 && text[0] == '\'' && text[^1] == '\'') text = text[1..^1];
        if (text.IndexOf('"', StringComparison.Ordinal) < 0) text = WithoutSpaces(text);
        if (text.Contains("=?", StringComparison.Ordinal)) text = EncodedWords.Decode(text);
        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    private static string WithoutSpaces(string text)
    {
        if (!text.Contains('@') || text.AsSpan().IndexOfAny(' ', '\t') < 0) return text;
        return text.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);
    }

    /// <summary>Spaces around the @ and the dots of an obsolete address do not cut it.</summary>
    private static string Joined(string text)
    {
        foreach (var sign in (ReadOnlySpan<string>)["@", "."])
        {
            if (!text.Contains(" " + sign, StringComparison.Ordinal) && !text.Contains(sign + " ", StringComparison.Ordinal)) continue;
            if (sign == "." && text.IndexOf('@', StringComparison.Ordinal) is var at && (at < 0 || text.IndexOf(". ", StringComparison.Ordinal) is var dot and >= 0 && dot < at)) continue;
            text = text.Replace(" " + sign, sign, StringComparison.Ordinal).Replace(sign + " ", sign, StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>A display name: quotes and escapes undone, encoded words decoded, white space single.</summary>
    internal static string Phrase(string raw)
    {
        var text = new StringBuilder(raw.Length);
        var quoted = false;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (!quoted && EncodedWords.LengthAt(raw.AsSpan(i, Math.Min(raw.Length - i, 2000))) is var word and > 0)
            {
                text.Append(raw, i, word);
                i += word - 1;
            }
            else if (c == '"') quoted = !quoted;
            else if (c == '\\' && i + 1 < raw.Length && (quoted || raw[i + 1] is '"' or '\\' or '\'')) text.Append(raw[++i]);
            else text.Append(c);
        }
        return Single(EncodedWords.Decode(text.ToString())).Trim(',', ';', ' ', ':').Trim();
    }

    private static string Single(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\0') continue;
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
            }
            else result.Append(c);
        }
        return result.ToString().Trim();
    }

    private static int OpenBracket(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && AddressParser.QuoteEnd(text, i) is var end and > 0) i = end;
            else if (text[i] == '<') return i;
        }
        return -1;
    }

    private static int CloseBracket(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '"' && AddressParser.QuoteEnd(text, i) is var end and > 0) i = end;
            else if (text[i] == '>') return i;
        }
        return -1;
    }

    /// <summary>Takes comments out (RFC 5322 §3.2.2); the last one is the name where there is no other.</summary>
    private static string Uncomment(string text, out string? comment)
    {
        comment = null;
        if (!text.Contains('(')) return text;
        var rest = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && AddressParser.QuoteEnd(text, i) is var end and > 0)
            {
                rest.Append(text, i, end + 1 - i);
                i = end;
            }
            else if (text[i] == '=' && EncodedWords.LengthAt(text.AsSpan(i, Math.Min(text.Length - i, 2000))) is var word and > 0)
            {
                rest.Append(text, i, word);
                i += word - 1;
            }
            else if (text[i] == '(' && AddressParser.CommentEnd(text, i) is var close and > 0)
            {
                comment = Phrase(text[(i + 1)..close]);
                if (comment.Length == 0) comment = null;
                rest.Append(' ');
                i = close;
            }
            else rest.Append(text[i]);
        }
        return rest.ToString();
    }
}
