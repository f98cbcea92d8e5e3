using System.Text;

namespace Solodesk.Mail.Replies;

/// <summary>One line of a body, with what the rules need to know of it.</summary>
internal sealed class BodyLine
{
    /// <summary>Lines longer than this are prose: no header, separator or signature line is.</summary>
    public const int LongestRuleLine = 500;

    public BodyLine(int start, int length, string raw, ReplySpanKind? forced = null)
    {
        Start = start;
        Length = length;
        Raw = raw;
        Flat = Flatten(raw);
        Depth = forced is null ? CountMarks(Flat) : 0;
        Forced = forced;
        Kind = forced ?? ReplySpanKind.Written;
    }

    /// <summary>Where the line starts in the text, UTF-16.</summary>
    public int Start { get; }

    /// <summary>Its length with the line ending, UTF-16.</summary>
    public int Length { get; }

    /// <summary>The line without its ending.</summary>
    public string Raw { get; }

    /// <summary>The line as the rules read it: trimmed, every white space a plain space, invisible characters gone.</summary>
    public string Flat { get; }

    /// <summary>How many quote marks stand before it.</summary>
    public int Depth { get; private set; }

    /// <summary>What the markup says this line is, which no rule overturns.</summary>
    public ReplySpanKind? Forced { get; }

    public ReplySpanKind Kind { get; set; }

    public bool IsBlank => Flat.Length == 0;

    public bool IsQuoted => Depth > 0 || Forced is ReplySpanKind.Quote;

    /// <summary>Whether the rules for headers and signatures may look at it.</summary>
    public bool IsOpen => Forced is null && Depth == 0 && Flat.Length is > 0 and <= LongestRuleLine;

    /// <summary>Says that the leading mark is no quote mark after all.</summary>
    public void ForgetMarks() => Depth = 0;

    /// <summary>Whether its mark was taken for decoration because nothing else is quoted.</summary>
    public bool IsLone { get; set; }

    public void RememberMarks() => Depth = CountMarks(Flat);

    /// <summary>The quoted words behind the marks.</summary>
    public string Unquoted => Flat.TrimStart('>', '＞', ' ');

    private static int CountMarks(string flat)
    {
        if (flat.EndsWith("<<", StringComparison.Ordinal) && flat.StartsWith(">>", StringComparison.Ordinal))
        {
            return 0; // ">>> click here <<<": the marks on both sides are decoration
        }

        var depth = 0;
        foreach (var c in flat)
        {
            if (c is '>' or '＞')
            {
                depth++;
            }
            else if (c != ' ')
            {
                break;
            }
        }

        return depth;
    }

    internal static string Flatten(string raw)
    {
        if (raw.Contains("&nbsp;", StringComparison.Ordinal))
        {
            raw = raw.Replace("&nbsp;", " ", StringComparison.Ordinal); // QQ Mail leaves it in plain text
        }

        if (raw.AsSpan().TrimStart().StartsWith("&gt;", StringComparison.Ordinal))
        {
            raw = raw.Replace("&gt;", ">", StringComparison.Ordinal); // a quote mark that was encoded once too often
        }

        var clean = raw.AsSpan().Trim();
        var needsWork = false;
        var hasCombining = false;
        foreach (var c in clean)
        {
            needsWork |= c != ' ' && (char.IsWhiteSpace(c) || IsInvisible(c));
            hasCombining |= c is >= '\u0300' and <= '\u036F';
        }

        if (!needsWork && !hasCombining)
        {
            return clean.Length == raw.Length ? raw : clean.ToString();
        }

        var flat = new StringBuilder(clean.Length);
        foreach (var c in clean)
        {
            if (!IsInvisible(c))
            {
                flat.Append(char.IsWhiteSpace(c) ? ' ' : c);
            }
        }

        var text = flat.ToString().Trim();
        return hasCombining && text.Length <= LongestRuleLine ? Compose(text) : text;
    }

    // Apple writes accents as combining marks; the word tables hold the composed form.
    private static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text; // a lone surrogate: the line is kept as it is
        }
    }

    internal static bool IsInvisible(char c) => c is '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\u00AD'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
