using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>
/// Collects header fields, folded at 76 columns (RFC 5322 §2.2.3). Every value passes through <see cref="Clean"/> or a check of
/// its own, so that no value can start a header of its own.
/// </summary>
internal sealed class HeaderSection(bool utf8)
{
    private const int MaxColumn = 76;
    private const int MaxToken = 900; // leaves room for a name before the 998 of RFC 5322 §2.1.1

    private readonly StringBuilder _text = new();
    private int _column;
    private bool _atStart;

    public bool Utf8 => utf8;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>Line breaks and control characters become spaces: the value stays one line whatever it held.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text.Trim(' ');
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                continue;
            }

            clean.Append(char.IsControl(text[i]) ? ' ' : text[i]);
        }

        return clean.ToString().Trim(' ');
    }

    /// <summary>A field of free text: subject, comments and extension headers (RFC 5322 §2.2.1).</summary>
    public void AddText(string name, string value)
    {
        var clean = Clean(value);
        Begin(name);
        var tokens = Tokens(clean);
        // Runs of spaces are encoded too: many readers make one space of a fold and what follows it.
        if (EncodedWords.Needed(clean, utf8) || clean.Contains("  ", StringComparison.Ordinal) || tokens.Any(token => Encoding.UTF8.GetByteCount(token) > MaxToken))
        {
            tokens = EncodedWords.Encode(clean, MaxColumn - _column - 1);
        }

        tokens.ForEach(Append);
        End();
    }

    /// <summary>A field whose tokens are already safe; each is kept whole and a fold goes between them.</summary>
    public void AddTokens(string name, IEnumerable<string> tokens)
    {
        Begin(name);
        foreach (var token in tokens)
        {
            Append(token);
        }

        End();
    }

    /// <summary>A list of mailboxes (RFC 5322 §3.4).</summary>
    public void AddMailboxes(string name, IReadOnlyList<MailboxAddress> mailboxes)
    {
        Begin(name);
        for (var i = 0; i < mailboxes.Count; i++)
        {
            var comma = i < mailboxes.Count - 1 ? "," : "";
            var address = AddressText.Write(mailboxes[i].Address, utf8, name);
            var display = Clean(mailboxes[i].Name ?? "");
            if (display.Length == 0)
            {
                Append(address + comma);
                continue;
            }

            Phrase(display).ForEach(Append);
            Append($"<{address}>{comma}");
        }

        End();
    }

    /// <summary>A date (RFC 5322 §3.3) with its own offset.</summary>
    public void AddDate(string name, DateTimeOffset date)
    {
        var sign = date.Offset < TimeSpan.Zero ? '-' : '+';
        var offset = date.Offset.Duration();
        Begin(name);
        Append(string.Create(CultureInfo.InvariantCulture,
            $"{date:ddd, d MMM yyyy HH':'mm':'ss} {sign}{offset.Hours:00}{offset.Minutes:00}"));
        End();
    }

    private List<string> Phrase(string display)
    {
        if (EncodedWords.Needed(display, utf8) || Encoding.UTF8.GetByteCount(display) > MaxToken)
        {
            return EncodedWords.Encode(display, MaxColumn - _column - 1);
        }

        if (display.All(c => c == ' ' || c > '\u007e' || AddressText.IsAtomCharacter(c)) && !display.Contains("  ", StringComparison.Ordinal))
        {
            return Tokens(display);
        }

        // Raw UTF-8 in a quoted-string is allowed (RFC 6532 §3.2), and still new to many readers.
        return Ascii.IsValid(display) ? Tokens(AddressText.Quote(display)) : EncodedWords.Encode(display, MaxColumn - _column - 1);
    }

    /// <summary>Words split before each run of spaces; the first of the run is the one that a fold stands for.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ' && text[i - 1] != ' ')
            {
                tokens.Add(text[start..i]);
                start = i + 1;
            }
        }

        tokens.Add(text[start..]);
        return tokens;
    }

    private void Begin(string name)
    {
        _text.Append(name).Append(':');
        _column = name.Length + 1;
        _atStart = true;
    }

    private void Append(string token)
    {
        var width = Encoding.UTF8.GetByteCount(token);
        // Some readers take a field that starts with a fold for an empty one, so a first token stays on the first line, however long.
        if (_column + 1 + width > MaxColumn && width > 0 && !_atStart)
        {
            _text.Append("\r\n");
            _column = 0;
        }

        _text.Append(' ').Append(token);
        _column += width + 1;
        _atStart = false;
    }

    private void End() => _text.Append("\r\n");
}
