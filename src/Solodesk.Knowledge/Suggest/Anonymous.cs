using System.Text.RegularExpressions;
using Solodesk.Knowledge.Ai;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Takes names, addresses and numbers out of a text, so that what helped one customer can be shown to all.</summary>
internal sealed partial class Anonymous(IEnumerable<string> names)
{
    private const int Patience = 500;

    private readonly IReadOnlyList<string> _names = PersonalData.NamesIn(names);

    public string Of(string text)
    {
        text = Link().Replace(text, m => m.Value.Contains("/track/", StringComparison.Ordinal) ? "…" : m.Value.Split('?')[0]);
        var found = PersonalData.In(text, _names).Concat(Order().Matches(text).Select(m => new PersonalData.Found(m.Index, m.Length, "NUMBER")));
        return Doubled().Replace(PersonalData.Replace(text, found, (kind, _) => kind == "MAIL" ? "…@…" : "…"), "…").Trim();
    }

    /// <summary>The same of an answer, and without the words that greet, say who writes, and sign.</summary>
    public string OfAnswer(string text)
    {
        var said = Introduction().Replace(Salutation().Replace(Of(WithoutGreeting(text)), ""), "");
        return said.Length > 0 && char.IsAsciiLetterLower(said[0]) ? char.ToUpperInvariant(said[0]) + said[1..] : said;
    }

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

    [GeneratedRegex(@"https?://[^\s)>\]]{1,500}", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Link();

    // Order and ticket numbers: letters and digits, five digits at least.
    [GeneratedRegex(@"(?<![A-Za-z0-9])#?[A-Z]{0,4}-?\d{5,30}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Order();

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
