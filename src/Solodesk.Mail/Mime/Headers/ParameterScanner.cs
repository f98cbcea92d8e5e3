using System.Text;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>Walks <c>value; name=value; name="value"</c> and does not stumble: missing semicolons, spaces in bare values, quotes without end.</summary>
internal ref struct ParameterScanner(string text)
{
    private int _at;

    public string Head()
    {
        var head = new StringBuilder();
        while (_at < text.Length && text[_at] is not (';' or ','))
        {
            if (text[_at] == '(') SkipComment();
            else if (text[_at] == '=' && head.Length > 0)
            {
                // The value itself is missing, and a parameter stands first: go back to its name.
                _at = text.LastIndexOfAny([' ', '\t', ';'], _at - 1) + 1;
                var cut = head.ToString().TrimEnd().LastIndexOfAny([' ', '\t']);
                return (cut < 0 ? "" : head.ToString(0, cut)).Trim().Trim('"').ToLowerInvariant();
            }
            else head.Append(text[_at++]);
        }
        return head.ToString().Trim().Trim('"', '\'').Trim().ToLowerInvariant();
    }

    public bool Next(out string name, out string value)
    {
        name = value = "";
        while (true)
        {
            SkipSeparators();
            if (_at >= text.Length) return false;
            var start = _at;
            while (_at < text.Length && text[_at] is not ('=' or ';' or '"' or ' ' or '\t' or '(')) _at++;
            name = text[start.._at].Trim();
            SkipSpace();
            if (_at < text.Length && text[_at] == '=' && name.Length > 0) break;
            // Not a parameter: a word without a value, or a stray quote.
            if (_at == start) _at++;
        }
        _at++;
        SkipSpace();
        value = _at < text.Length && text[_at] == '"' ? Quoted() : Bare();
        return true;
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        _at++;
        var start = _at;
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '\\' && _at + 1 < text.Length)
            {
                // A Windows path in quotes was not meant as escapes.
                var escaped = text[_at + 1];
                if (escaped is not ('"' or '\\')) value.Append('\\');
                value.Append(escaped);
                _at += 2;
                continue;
            }
            if (c == '"')
            {
                _at++;
                if (EndsHere()) return value.ToString();
                // A bare quotation mark inside a quoted name.
                value.Append('"');
                continue;
            }
            value.Append(c);
            _at++;
        }
        // No closing quote: the value ends at the first semicolon that a parameter follows.
        var rest = text.AsSpan(start);
        var semicolon = rest.IndexOf(';');
        if (semicolon < 0 || rest[semicolon..].IndexOf('=') < 0) return value.ToString().TrimEnd();
        _at = start + semicolon;
        return rest[..semicolon].TrimEnd().ToString();
    }

    private readonly bool EndsHere()
    {
        var rest = text.AsSpan(_at).TrimStart();
        if (rest.Length == 0 || rest[0] is ';' or ',' or '(' || text.IndexOf('"', _at) < 0) return true;
        return text[_at] is ' ' or '\t' && StartsParameter(rest);
    }

    /// <summary>A value without quotes: to the semicolon, but "a b.pdf" keeps its space unless what follows it is a parameter. Some programs quote with apostrophes.</summary>
    private string Bare()
    {
        var start = _at;
        var end = _at;
        while (_at < text.Length && text[_at] != ';')
        {
            if (EncodedWords.LengthAt(text.AsSpan(_at)) is var word and > 0)
            {
                _at += word;
                end = _at;
                continue;
            }
            if (text[_at] is ' ' or '\t')
            {
                SkipSpace();
                if (_at < text.Length && (text[_at] == '(' || StartsParameter(text.AsSpan(_at)))) break;
                continue;
            }
            end = ++_at;
        }
        return text.AsSpan(start, end - start) is ['\'', .. var inside, '\''] && !inside.Contains('\'') ? inside.ToString() : text[start..end].TrimEnd('"');
    }

    private static bool StartsParameter(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && (char.IsAsciiLetterOrDigit(rest[i]) || rest[i] is '-' or '*')) i++;
        return i > 2 && i < rest.Length && rest[i] == '=' && (i + 1 >= rest.Length || rest[i + 1] != '?');
    }

    private void SkipSeparators()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '(') SkipComment();
            else if (text[_at] is ';' or ',' or ' ' or '\t' or '\r' or '\n') _at++;
            else return;
        }
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }

    private void SkipComment()
    {
        var depth = 0;
        do
        {
            if (text[_at] == '\\') _at++;
            else if (text[_at] == '(') depth++;
            else if (text[_at] == ')') depth--;
            _at++;
        }
        while (_at < text.Length && depth > 0);
        if (_at > text.Length) _at = text.Length;
    }
}
