using System.Text;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>
/// Address lists (RFC 5322 §3.4 and the obsolete forms of §4.4) as they are met: groups, comments, routes, encoded words in and
/// out of quotes, missing commas, brackets and closing quotes. What is no address is kept as text; nothing is thrown.
/// </summary>
internal static class AddressParser
{
    /// <summary>Reads an unfolded header value in which encoded words still stand; members of groups are listed, group names are not.</summary>
    public static IReadOnlyList<MailboxAddress> Parse(string? text, int limit, out bool cut)
    {
        cut = false;
        if (string.IsNullOrWhiteSpace(text)) return [];
        // Typed with a Chinese keyboard.
        if (text.Contains('＜', StringComparison.Ordinal) && !text.Contains('<', StringComparison.Ordinal)) text = text.Replace('＜', '<').Replace('＞', '>');
        var found = new List<MailboxAddress>();
        string? pending = null;
        foreach (var piece in Split(text))
        {
            if (found.Count >= limit)
            {
                cut = true;
                break;
            }
            // "(the end of the group)" after the last address says nothing about anybody.
            if (found.Count > 0 && piece[0] == '(' && CommentEnd(piece, 0) == piece.Length - 1) continue;
            var whole = pending is null ? piece : pending + ", " + piece;
            // "Doe, John <john@…>": a piece without an address is the first half of a name when a bracket follows.
            if (!piece.Contains('@') && !piece.Contains('<') && pending is null && !EncodedAddress(piece))
            {
                pending = piece;
                continue;
            }
            if (pending is not null && !StartsWithName(piece))
            {
                found.Add(new(null, Clean(pending)));
                whole = piece;
            }
            pending = null;
            AddressReader.Read(whole, found, depth: 0);
        }
        if (pending is not null && Clean(pending) is { Length: > 0 } rest) found.Add(new(null, rest));
        return found;
    }

    private static bool StartsWithName(string piece) => piece.IndexOf('<', StringComparison.Ordinal) is var bracket and > 0 && piece.AsSpan(0, bracket).IndexOf('@') < 0 && piece[0] != '"';

    private static bool EncodedAddress(string piece) => piece.Contains("=?", StringComparison.Ordinal) && EncodedWords.Decode(piece).Contains('@');

    private static string Clean(string text) => EncodedWords.Decode(text).Trim().Trim('"').Trim();

    /// <summary>Cuts at commas and semicolons outside quotes, comments, brackets and encoded words; drops group names.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var piece = new StringBuilder();
        var lastSemicolon = text.LastIndexOf(';');
        var lastParenthesis = text.LastIndexOf(')');
        var angle = false;
        var hasAt = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"' when !angle || text.IndexOf('>', i) is var close && text.IndexOf('"', i + 1) is var other && other >= 0 && other < close:
                    var end = QuoteEnd(text, i);
                    if (end > i)
                    {
                        piece.Append(text, i, end + 1 - i);
                        i = end;
                    }
                    break;
                case '(' when !angle && i < lastParenthesis && CommentEnd(text, i) is var closing and > 0:
                    piece.Append(text, i, closing + 1 - i);
                    i = closing;
                    break;
                case '=' when EncodedWords.LengthAt(text.AsSpan(i, Math.Min(text.Length - i, 2000))) is var word and > 0:
                    piece.Append(text, i, word);
                    i += word - 1;
                    break;
                case '<':
                    angle = text.AsSpan(i, Math.Min(text.Length - i, 1000)).Contains('>');
                    piece.Append(c);
                    break;
                case '>':
                    angle = false;
                    piece.Append(c);
                    break;
                case ',' or ';' or '\uFF0C' or '\uFF1B' or '\u3001' when !angle && (c < 0x80 || hasAt):
                    hasAt = false;
                    if (Take(piece) is { } done) yield return done;
                    break;
                // A group's name; without the semicolon that ends a group the colon is part of somebody's name.
                case ':' when !angle && !hasAt && (i < lastSemicolon || text.AsSpan(i + 1).IsWhiteSpace()) && !EndsWithMailto(piece):
                    piece.Clear();
                    break;
                default:
                    hasAt |= c == '@';
                    piece.Append(c);
                    break;
            }
        }
        if (Take(piece) is { } last) yield return last;
    }

    private static bool EndsWithMailto(StringBuilder piece) => piece.Length < 40 && piece.ToString().EndsWith("mailto", StringComparison.OrdinalIgnoreCase);

    private static string? Take(StringBuilder piece)
    {
        // No address is this long; the rest of such a piece is noise.
        var text = piece.ToString(0, Math.Min(piece.Length, 4096)).Trim();
        piece.Clear();
        return text.Length == 0 ? null : text;
    }

    /// <summary>Where the quoted string ends; -1 when it never does, or when what it would swallow is another address.</summary>
    internal static int QuoteEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length && i - start < 2000; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"')
            {
                // Before the bracket of its address a quoted name may hold anything at all.
                if (text.AsSpan(i + 1).TrimStart() is ['<' or '@', ..]) return i;
                var inside = text.AsSpan(start + 1, i - start - 1);
                var bracket = inside.IndexOf('>');
                return bracket > 0 && inside[..bracket].Contains('@') && inside[bracket..].Contains(',') ? -1 : i;
            }
        }
        return -1;
    }

    internal static int CommentEnd(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length && i - start < 256; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '(') depth++;
            else if (text[i] == ')' && --depth == 0) return i;
        }
        return -1;
    }
}
