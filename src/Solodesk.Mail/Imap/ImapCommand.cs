using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Imap;

/// <summary>A command in the making: text and literals in turn (RFC 9051 §4.3).</summary>
internal sealed class ImapCommand
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _shown = new();
    private readonly List<Part> _parts = [];

    public ImapCommand(string text) => Add(text);

    /// <summary>Text, and then perhaps a literal.</summary>
    public readonly record struct Part(string Text, string Shown, Stream? Literal, long Length, bool Binary);

    /// <summary>Adds syntax as it is.</summary>
    public ImapCommand Add(string text)
    {
        _text.Append(text);
        _shown.Append(text);
        return this;
    }

    /// <summary>Adds a space and a string: quoted when it can be, a literal when not (RFC 9051 §4.3).</summary>
    /// <param name="value">Any text.</param>
    /// <param name="utf8">The server takes UTF-8 in quoted strings (RFC 6855 §3).</param>
    /// <param name="secret">Keep it out of the trace.</param>
    public ImapCommand String(string value, bool utf8 = false, bool secret = false)
    {
        Add(" ");
        if (value.Length < 1000 && value.All(c => c is >= ' ' and not '\u007f' && (c < '\u007f' || utf8)))
        {
            var quoted = $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            _text.Append(quoted);
            _shown.Append(secret ? "***" : quoted);
            return this;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        return Literal(new MemoryStream(bytes, writable: false), bytes.Length);
    }

    /// <summary>Adds a literal.</summary>
    public ImapCommand Literal(Stream content, long length, bool binary = false)
    {
        _parts.Add(new(_text.ToString(), _shown.ToString(), content, length, binary));
        _text.Clear();
        _shown.Clear();
        return this;
    }

    public IReadOnlyList<Part> Parts() => [.. _parts, new(_text.ToString(), _shown.ToString(), null, 0, false)];

    /// <summary>A date as APPEND wants it (RFC 9051 §9, date-time).</summary>
    public static string Date(DateTimeOffset date) => string.Create(CultureInfo.InvariantCulture,
        $"\"{date:dd-MMM-yyyy HH':'mm':'ss} {(date.Offset < TimeSpan.Zero ? '-' : '+')}{date.Offset.Duration():hhmm}\"");
}
