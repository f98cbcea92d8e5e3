using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Imap;

/// <summary>Takes a collected response apart. Pure; throws <see cref="FormatException"/> and nothing else.</summary>
internal sealed class ImapParser
{
    private const int MaxDepth = 100;

    private readonly IReadOnlyList<ImapSegment> _segments;
    private int _segment;
    private int _at;

    private ImapParser(IReadOnlyList<ImapSegment> segments) => _segments = segments;

    private ReadOnlySpan<byte> Line => _segments[_segment].Line;

    private bool AtEnd => _at >= Line.Length;

    /// <summary>True for a first line that is words for people, in which “{5}” at the end announces nothing.</summary>
    public static bool IsText(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("+"u8))
        {
            return true;
        }

        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return true;
        }

        var rest = line[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        return IsStatus(Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]).ToUpperInvariant());
    }

    public static ImapResponse Parse(IReadOnlyList<ImapSegment> segments) => new ImapParser(segments).Response();

    /// <summary>Reads values from text, as they stand in response codes.</summary>
    public static IReadOnlyList<ImapValue> ParseValues(string text) => new ImapParser([new(Encoding.UTF8.GetBytes(text), null)]).Values();

    private static bool IsStatus(string name) => name is "OK" or "NO" or "BAD" or "BYE" or "PREAUTH";

    private ImapResponse Response()
    {
        if (Line.StartsWith("+"u8))
        {
            return new(ImapResponseKind.Continuation) { Words = Text(Line[1..]).Trim() };
        }

        var tag = Word();
        var response = new ImapResponse(tag == "*" ? ImapResponseKind.Untagged : ImapResponseKind.Tagged) { Tag = tag };
        var name = Word();
        if (response.Kind == ImapResponseKind.Untagged && uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            response = response with { Number = number };
            name = Word();
        }

        name = name.ToUpperInvariant();
        if (IsStatus(name))
        {
            return Status(response with { Name = name });
        }

        if (response.Kind == ImapResponseKind.Tagged)
        {
            throw new FormatException($"The server said something that is not IMAP: “{Shown(Text(Line))}”.");
        }

        // Only what we rely on must be well-formed; noise of other names is passed over.
        try
        {
            return response with { Name = name, Values = Values() };
        }
        catch (FormatException) when (name is not ("FETCH" or "LIST" or "SEARCH" or "ESEARCH" or "VANISHED" or "CAPABILITY"))
        {
            return response with { Name = name };
        }
    }

    private ImapResponse Status(ImapResponse response)
    {
        var rest = Text(Line[_at..]).TrimStart(' ');
        if (!rest.StartsWith('['))
        {
            return response with { Words = rest };
        }

        var close = ClosingBracket(rest);
        if (close < 0)
        {
            return response with { Words = rest };
        }

        var code = rest[1..close];
        var space = code.IndexOf(' ', StringComparison.Ordinal);
        return response with
        {
            Code = (space < 0 ? code : code[..space]).ToUpperInvariant(),
            CodeText = space < 0 ? "" : code[(space + 1)..],
            Words = rest[(close + 1)..].Trim(),
        };
    }

    /// <summary>The bracket that closes a response code; one inside a quoted string does not count.</summary>
    private static int ClosingBracket(string text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted)
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == ']' && !quoted)
            {
                return i;
            }
        }

        return text.IndexOf(']', StringComparison.Ordinal);
    }

    private string Word()
    {
        SkipSpaces();
        var start = _at;
        while (!AtEnd && Line[_at] != ' ')
        {
            _at++;
        }

        return Text(Line[start.._at]);
    }

    private List<ImapValue> Values()
    {
        var values = new List<ImapValue>();
        for (SkipSpaces(); !AtEnd; SkipSpaces())
        {
            values.Add(Value(0));
        }

        return values;
    }

    private ImapValue Value(int depth)
    {
        if (AtEnd)
        {
            throw new FormatException("The server's response ends too early.");
        }

        return Line[_at] switch
        {
            (byte)'(' => List(depth),
            (byte)'"' => Quoted(),
            (byte)'{' => LiteralValue(),
            (byte)'~' when _at + 1 < Line.Length && Line[_at + 1] == '{' => LiteralValue(),
            (byte)')' => throw new FormatException("The server's response has a bracket too many."),
            _ => Atom(),
        };
    }

    private ImapValue List(int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new FormatException("The server's response is nested too deeply.");
        }

        _at++;
        var items = new List<ImapValue>();
        while (true)
        {
            SkipSpaces();
            if (AtEnd)
            {
                throw new FormatException("The server's response lacks a closing bracket.");
            }

            if (Line[_at] == ')')
            {
                _at++;
                return ImapValue.Of(items);
            }

            items.Add(Value(depth + 1));
        }
    }

    private ImapValue Quoted()
    {
        var bytes = new List<byte>();
        for (_at++; !AtEnd; _at++)
        {
            if (Line[_at] == '"')
            {
                _at++;
                return ImapValue.Of(Text(bytes.ToArray()));
            }

            if (Line[_at] == '\\' && _at + 1 < Line.Length)
            {
                _at++;
            }

            bytes.Add(Line[_at]);
        }

        throw new FormatException("The server's response lacks a closing quote.");
    }

    private ImapValue LiteralValue()
    {
        if (_segments[_segment].Literal is not { } literal || Line[_at..].IndexOf((byte)'}') != Line.Length - _at - 1)
        {
            throw new FormatException("The server's response announces a literal that does not follow.");
        }

        _segment++;
        _at = 0;
        return _segment < _segments.Count ? ImapValue.Of(literal) : throw new FormatException("The server's response ends with a literal.");
    }

    /// <summary>An atom. In the name of a section brackets hold together what is inside, spaces too: <c>BODY[HEADER.FIELDS (FROM)]&lt;0&gt;</c>.</summary>
    private ImapValue Atom()
    {
        var start = _at;
        var inSection = false;
        for (; !AtEnd; _at++)
        {
            var b = Line[_at];
            if (!inSection && (b is (byte)' ' or (byte)'(' or (byte)')'))
            {
                break;
            }

            inSection = inSection ? b != ']' : b == '[' && IsSectionName(Line[start.._at]);
        }

        var text = Text(Line[start.._at]);
        return text.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? ImapValue.Nil : ImapValue.Of(text);
    }

    private static bool IsSectionName(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "BODY"u8) || Ascii.EqualsIgnoreCase(name, "BINARY"u8) || Ascii.EqualsIgnoreCase(name, "BODY.PEEK"u8);

    private void SkipSpaces()
    {
        while (!AtEnd && Line[_at] == ' ')
        {
            _at++;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static string Shown(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
