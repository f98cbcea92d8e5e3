using System.Text;

namespace Solodesk.Search;

/// <summary>
/// Reads the language of the search: words, "phrases", -without, and operators such as <c>status:open</c>, <c>from:lin</c>, <c>tag:billing</c>,
/// <c>has:attachment</c>, <c>before:2026-01-31</c>, in English and Chinese (<c>状态:已解决</c>, <c>来自：林</c>). Whatever cannot be read is a word.
/// </summary>
/// <remarks>Pure; takes any text, throws never.</remarks>
public static class SearchParser
{
    private const int Longest = 400;
    private const int MostParts = 40;

    public static SearchQuery Parse(string? text)
    {
        var builder = new SearchQueryBuilder();
        foreach (var part in Split(Shorten(text ?? "")).Take(MostParts))
        {
            builder.Add(part);
        }

        return builder.Build();
    }

    /// <summary>One part: its operator if it has a known one, its value, whether that stood in quotes, and whether a minus stood before it.</summary>
    internal readonly record struct Part(string? Operator, string Value, bool Quoted, bool Denied);

    // Without splitting a surrogate pair.
    private static string Shorten(string text)
        => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];

    private static IEnumerable<Part> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var denied = IsMinus(text[at]) && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && !IsMinus(text[at + 1]);
            at += denied ? 1 : 0;
            var (name, after) = Operator(text, at);
            var (value, quoted, end) = Value(text, after);
            if (name is not null && value.Length == 0)
            {
                // "status:" alone is a word that is still being typed.
                (name, value, quoted, end) = (null, text[at..after], false, after);
            }

            at = Math.Max(end, at + 1);
            if (value.Length > 0)
            {
                yield return new Part(name, value, quoted, denied);
            }
        }
    }

    private static (string? Name, int After) Operator(string text, int at)
    {
        for (var i = at; i < text.Length && i - at <= 20 && !char.IsWhiteSpace(text[i]) && Closing(text[i]) is null; i++)
        {
            if (text[i] is ':' or '：')
            {
                return SearchOperators.Find(text[at..i]) is { } known ? (known, i + 1) : (null, at);
            }
        }

        return (null, at);
    }

    private static (string Value, bool Quoted, int End) Value(string text, int at)
    {
        if (at < text.Length && Closing(text[at]) is { } closing)
        {
            var end = text.IndexOf(closing, at + 1);
            // A quote that is not closed yet reaches to the end.
            return end < 0 ? (text[(at + 1)..].Trim(), true, text.Length) : (text[(at + 1)..end].Trim(), true, end + 1);
        }

        var value = new StringBuilder();
        var i = at;
        for (; i < text.Length && !char.IsWhiteSpace(text[i]) && (i == at || Closing(text[i]) is null); i++)
        {
            value.Append(text[i]);
        }

        return (value.ToString(), false, i);
    }

    private static bool IsMinus(char c) => c is '-' or '－' or '−';

    private static char? Closing(char c) => c switch { '"' => '"', '“' => '”', '”' => '”', '「' => '」', '『' => '』', _ => null };
}
