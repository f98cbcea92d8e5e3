using System.Text.RegularExpressions;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Takes names, addresses and numbers out of a text, so that what helped one customer can be shown to all.</summary>
internal sealed partial class Anonymous(IEnumerable<string> names)
{
    private const int Patience = 500;

    private readonly List<string> _names = [.. names.SelectMany(n => n.Contains('@', StringComparison.Ordinal) ? [n] : (string[])[n, .. n.Split([' ', '·', ','], StringSplitOptions.RemoveEmptyEntries), GivenName(n)])
        .Where(n => n.Length >= 2).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(n => n.Length)];

    public string Of(string text)
    {
        text = Mail().Replace(text, "…@…");
        text = Link().Replace(text, m => m.Value.Contains("/track/", StringComparison.Ordinal) ? "…" : m.Value.Split('?')[0]);
        text = Identity().Replace(text, "…");
        text = Order().Replace(text, "…");
        text = Phone().Replace(text, "…");
        foreach (var name in _names)
        {
            text = Without(text, name);
        }

        return Doubled().Replace(text, "…").Trim();
    }

    /// <summary>The same of an answer, and without the words that greet, say who writes, and sign.</summary>
    public string OfAnswer(string text)
    {
        var said = Introduction().Replace(Salutation().Replace(Of(WithoutGreeting(text)), ""), "");
        return said.Length > 0 && char.IsAsciiLetterLower(said[0]) ? char.ToUpperInvariant(said[0]) + said[1..] : said;
    }

    // In Chinese people are spoken to without the family name, which is one character.
    private static string GivenName(string name) => name.Length == 3 && name.All(c => c is >= '\u4E00' and <= '\u9FFF') ? name[1..] : "";

    /// <summary>Without the lines that greet and sign.</summary>
    public static string WithoutGreeting(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        while (lines.Count > 1 && (string.IsNullOrWhiteSpace(lines[0]) || Greeting().IsMatch(lines[0])))
        {
            lines.RemoveAt(0);
        }

        while (lines.Count > 1 && (string.IsNullOrWhiteSpace(lines[^1]) || Closing().IsMatch(lines[^1]) || (lines[^1].Trim().Length <= 12 && !lines[^1].Contains('。', StringComparison.Ordinal) && lines[^2].Trim().Length == 0)))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Join('\n', lines).Trim();
    }

    private static string Without(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = at + 1 < text.Length ? text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase) : -1)
        {
            var end = at + name.Length;
            var whole = name[0] > 0x2E7F || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])));
            if (whole)
            {
                text = string.Concat(text.AsSpan(0, at), "…", text.AsSpan(end));
            }
        }

        return text;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,20}", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Mail();

    [GeneratedRegex(@"https?://[^\s)>\]]{1,500}", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Link();

    // Chinese identity numbers, card numbers, tax numbers.
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:\d{17}[\dXx]|\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|[0-9A-Z]{18})(?![A-Za-z0-9])", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Identity();

    // Order and ticket numbers: letters and digits, five digits at least.
    [GeneratedRegex(@"(?<![A-Za-z0-9])#?[A-Z]{0,4}-?\d{5,30}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Order();

    [GeneratedRegex(@"(?<!\d)\+?\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?!\d)", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Phone();

    [GeneratedRegex("…(?:\\s?…)+", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Doubled();

    // A greeting with the answer behind it in the same line.
    [GeneratedRegex(@"^\s*(?:(?:hi|hello|hey|dear)\b[^\n,，!！。.:]{0,40}|[^\s，,。“]{0,8}(?:你好|您好))[,，!！。:：]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Salutation();

    [GeneratedRegex(@"^\s*(?:我是|这里是|this is|i am|i'm|i’m)\s*…[^。.!！\n]{0,40}[。.!！]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|你好|您好|嗨|尊敬的|亲爱的|[^\s，,。]{1,8}(?:你好|您好))[^。.!?]{0,40}[,，:：!！。]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^\s*(?:best|regards|best regards|kind regards|cheers|thanks|thank you|谢谢|多谢|祝好|此致|敬礼|顺祝)[^。.!?]{0,30}[,，。!！.]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Closing();
}
