using System.Text;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>Finds the fields of a header block and where the body begins, over bytes and without copying lines.</summary>
internal sealed class HeaderScanner(ReadOnlyMemory<byte> source, MimeContext context)
{
    private const int LookAhead = 12;

    private static readonly string[] WellKnown =
    [
        "From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-", "Received", "Return-Path", "Reply-To", "X-", "In-Reply-To",
        "References", "DKIM-", "List-", "Delivered-To", "Sender", "Authentication-Results", "ARC-", "Importance", "Priority", "Organization", "Thread-", "Status",
    ];

    /// <summary>What a mail cannot be read without: these fields are taken also behind a header that was too long, if they are short themselves.</summary>
    private static readonly string[] Essential =
        ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "Return-Path", "Auto-Submitted", "Precedence", "List-Id"];

    private const int SparedFields = 40;
    private const int SparedBytes = 64 * 1024;

    private readonly record struct Pending(string Name, int Start, int End);

    private readonly List<Pending> _found = [];
    private int _bytes;
    private int _spared;
    private int _sparedBytes;
    private bool _full;
    private bool _dropped;

    /// <summary>
    /// Reads fields from <paramref name="start"/>; <paramref name="bodyStart"/> is where the body begins.
    /// A whole message (<paramref name="isMessage"/>) may begin with empty lines and with mbox's "From " line; a part may not.
    /// </summary>
    public HeaderBlock Read(int start, int end, bool isMessage, out int bodyStart)
    {
        var span = source.Span[..end];
        var position = start;
        if (isMessage) position = SkipBefore(span, position);
        while (true)
        {
            if (position >= end)
            {
                bodyStart = end;
                break;
            }
            var line = Line(span, position, out var next);
            if (line.Length == 0)
            {
                bodyStart = next;
                break;
            }
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (!Continuation(span, line, position, next, out var ends))
                {
                    bodyStart = ends ? next : position;
                    break;
                }
            }
            else if (line.StartsWith("--"u8) && IsOwnBoundary(span, line))
            {
                context.Warn("headers-without-end", "No empty line stands between the headers and the body.");
                bodyStart = position;
                break;
            }
            else if (NameLength(line) is var length and > 0) Add(line, length, position, next);
            else if (IsEnvelope(line))
            {
                // An envelope line of mbox in the middle says nothing.
            }
            else if (LooksLikeOddField(line) && (HeadersGoOn(span, next) || NextIsBlank(span, next)))
            {
                context.Warn("header-ignored", "A header line whose field name holds spaces was left out.");
            }
            else if (HeadersGoOn(span, next))
            {
                context.Warn("header-folding", "A header line neither names a field nor begins with a space; it was joined to the field before it.");
                Extend(next);
            }
            else
            {
                context.Warn("headers-without-end", "No empty line stands between the headers and the body.");
                bodyStart = position;
                break;
            }
            position = next;
        }
        return Build();
    }

    /// <summary>The first delimiter of a multipart, where the empty line before it is missing.</summary>
    private bool IsOwnBoundary(ReadOnlySpan<byte> span, ReadOnlySpan<byte> line)
    {
        var boundary = line[2..].TrimEnd(" \t"u8);
        if (boundary.Length == 0) return false;
        foreach (var (name, start, end) in _found)
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && span[start..end].IndexOf(boundary) is var at and > 0 && span[start + at - 1] is ((byte)'"' or (byte)'=')) return true;
        return false;
    }

    private static int SkipBefore(ReadOnlySpan<byte> span, int position)
    {
        if (span[position..].StartsWith("\uFEFF"u8)) position += 3;
        while (position < span.Length)
        {
            var line = Line(span, position, out var next);
            var blank = line.Trim(" \t\0"u8).Length == 0;
            if (!blank && !IsEnvelope(line)) return position;
            position = next;
        }
        return position;
    }

    /// <summary>mbox's "From user date" line; "From : user" is a header with a space too many.</summary>
    private static bool IsEnvelope(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(">"u8)) line = line[1..];
        return line.StartsWith("From "u8) && !line[5..].TrimStart(" \t"u8).StartsWith(":"u8);
    }

    /// <summary>False when the line ends the headers; <paramref name="blank"/> says that it is itself the empty line.</summary>
    private bool Continuation(ReadOnlySpan<byte> span, ReadOnlySpan<byte> line, int position, int next, out bool blank)
    {
        blank = line.Trim(" \t"u8).Length == 0;
        if (blank)
        {
            // A line of spaces only: part of a fold when headers go on behind it, else the empty line that somebody indented.
            if (next >= span.Length) return false;
            var after = Line(span, next, out _);
            if (after.Length == 0 || !(NameLength(after) > 0 && IsWellKnown(after) || (after[0] is (byte)' ' or (byte)'\t' && after.Trim(" \t"u8).Length > 0))) return false;
            Extend(next);
            return true;
        }
        if (_found.Count > 0)
        {
            Extend(next);
            return true;
        }
        // The first field is indented.
        var trimmed = line.TrimStart(" \t"u8);
        if (NameLength(trimmed) is var length and > 0 && IsWellKnown(trimmed))
        {
            Add(trimmed, length, position + line.Length - trimmed.Length, next);
            return true;
        }
        return HeadersGoOn(span, next);
    }

    private void Add(ReadOnlySpan<byte> line, int nameLength, int position, int next)
    {
        var colon = line[nameLength..].IndexOf((byte)':') + nameLength;
        var length = next - position;
        if (!_full && (_found.Count >= context.Options.MaxHeaders || _bytes + length > context.Options.MaxHeaderBytes)) Fill();
        _dropped = _full && !Spares(line[..nameLength], length);
        if (_dropped) return;
        if (!_full) _bytes += length;
        _found.Add(new(Name(line[..nameLength]), position + colon + 1, next));
    }

    private void Extend(int next)
    {
        if (_found.Count == 0 || _dropped) return;
        var last = _found[^1];
        if (_full)
        {
            _sparedBytes += next - last.End;
            _dropped = _sparedBytes > SparedBytes;
        }
        else
        {
            _bytes += next - last.End;
            if (_bytes > context.Options.MaxHeaderBytes)
            {
                Fill();
                _dropped = true;
            }
        }
        if (!_dropped) _found[^1] = last with { End = next };
    }

    private void Fill()
    {
        _full = true;
        context.Warn("headers-cut", $"There are more than {context.Options.MaxHeaders} header fields or {context.Options.MaxHeaderBytes} bytes of them; the rest was left out.");
    }

    private bool Spares(ReadOnlySpan<byte> name, int length)
    {
        foreach (var essential in Essential)
        {
            if (name.Length != essential.Length || !Ascii.EqualsIgnoreCase(name, essential)) continue;
            _sparedBytes += length;
            return ++_spared <= SparedFields && _sparedBytes <= SparedBytes;
        }
        return false;
    }

    /// <summary>"quite Delivered-To: x": words and a colon, but no field name; joined to the field before it, it would spoil that.</summary>
    private static bool LooksLikeOddField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf(": "u8);
        return colon is > 0 and < 40 && line[..colon].Count((byte)' ') <= 2 && line[..colon].IndexOfAnyExceptInRange((byte)32, (byte)126) < 0 && IsWellKnown(line[(line[..colon].LastIndexOf((byte)' ') + 1)..]);
    }

    private static bool NextIsBlank(ReadOnlySpan<byte> span, int position) => position < span.Length && Line(span, position, out _).Length == 0;

    private static bool HeadersGoOn(ReadOnlySpan<byte> span, int position)
    {
        for (var i = 0; i < LookAhead && position < span.Length; i++)
        {
            var line = Line(span, position, out position);
            if (line.Length == 0) return false;
            if (NameLength(line) > 0 && IsWellKnown(line)) return true;
        }
        return false;
    }

    private HeaderBlock Build()
    {
        if (_found.Count == 0) return new([]);
        // Headers outlive a spooled source, so that the view can be read after the source is closed.
        var memory = source;
        var shift = 0;
        if (context.CopyHeaders)
        {
            shift = _found[0].Start;
            memory = source[shift.._found[^1].End].ToArray();
        }
        var charset = CharsetHint(memory, shift);
        var fields = new MailHeader[_found.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var (name, start, end) = _found[i];
            fields[i] = new(name, memory[(start - shift)..(end - shift)], charset ?? context.Charset);
        }
        context.Charset ??= charset;
        return new(fields);
    }

    /// <summary>The body's charset is the best guess for raw bytes in the headers.</summary>
    private string? CharsetHint(ReadOnlyMemory<byte> memory, int shift)
    {
        foreach (var (name, start, end) in _found)
        {
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) continue;
            var value = Encoding.Latin1.GetString(memory.Span[(start - shift)..(end - shift)]);
            return ParameterList.Parse(value).Get("charset") is { Length: > 0 } charset && Charset.CodePage(charset) > 0 ? charset : null;
        }
        return null;
    }

    private static string Name(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("To"u8) => "To",
        4 when name.SequenceEqual("From"u8) => "From",
        4 when name.SequenceEqual("Date"u8) => "Date",
        7 when name.SequenceEqual("Subject"u8) => "Subject",
        8 when name.SequenceEqual("Received"u8) => "Received",
        10 when name.SequenceEqual("Message-ID"u8) => "Message-ID",
        12 when name.SequenceEqual("Content-Type"u8) => "Content-Type",
        12 when name.SequenceEqual("MIME-Version"u8) => "MIME-Version",
        25 when name.SequenceEqual("Content-Transfer-Encoding"u8) => "Content-Transfer-Encoding",
        19 when name.SequenceEqual("Content-Disposition"u8) => "Content-Disposition",
        _ => Encoding.Latin1.GetString(name),
    };

    /// <summary>The length of the field name (RFC 5322 §2.2, white space before the colon allowed as in §4.5); 0 when the line has none.</summary>
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon is <= 0 or > 200) return 0;
        var name = line[..colon].TrimEnd(" \t"u8);
        if (name.Length == 0 || name.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0) return 0;
        // "http://…" opens a body, not a field.
        return line[(colon + 1)..].StartsWith("//"u8) ? 0 : name.Length;
    }

    private static bool IsWellKnown(ReadOnlySpan<byte> line)
    {
        foreach (var name in WellKnown)
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) && (name[^1] == '-' || line[name.Length] is (byte)':' or (byte)' ')) return true;
        return false;
    }

    /// <summary>The line at <paramref name="position"/> without its end; every carriage return before the line feed belongs to the end.</summary>
    internal static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> span, int position, out int next)
    {
        var rest = span[position..];
        var end = rest.IndexOf((byte)'\n');
        next = end < 0 ? span.Length : position + end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
    }
}
