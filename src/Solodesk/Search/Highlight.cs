using Solodesk.Text.Tokens;

namespace Solodesk.Search;

/// <summary>Shows where a text holds what was searched for: whole words in any of their forms, and characters of Chinese words.</summary>
/// <remarks>Pure; takes any text.</remarks>
public sealed class Highlight
{
    private const int Around = 90;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly List<string> _runs = [];
    private readonly List<string> _beginnings = [];

    public Highlight(string words)
    {
        foreach (var term in SearchTokens.ForQuery(words, typing: true))
        {
            foreach (var token in term.AnyOf.Concat(term.OrAllOf))
            {
                if (token.Length > 0 && token[0] > '\u2E7F')
                {
                    _runs.Add(token);
                }
                else if (_words.Add(token) && term.IsPrefix)
                {
                    _beginnings.Add(token);
                }
            }
        }
    }

    /// <summary>One stretch of a text, and whether it was searched for.</summary>
    public readonly record struct Stretch(string Text, bool Hit);

    /// <summary>The whole text in stretches.</summary>
    public IReadOnlyList<Stretch> Of(string text)
    {
        var hits = Hits(text);
        var stretches = new List<Stretch>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            while (end < text.Length && hits[end] == hits[at])
            {
                end++;
            }

            stretches.Add(new Stretch(text[at..end], hits[at]));
            at = end;
        }

        return stretches;
    }

    /// <summary>The part of a long text around the first hit; null when it holds none.</summary>
    public string? Snippet(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var first = Array.IndexOf(Hits(line), true);
        if (first < 0)
        {
            return null;
        }

        var from = Math.Max(0, first - Around);
        var to = Math.Min(line.Length, first + (2 * Around));
        from += from > 0 && char.IsLowSurrogate(line[from]) ? 1 : 0;
        to -= to < line.Length && char.IsLowSurrogate(line[to]) ? 1 : 0;
        return string.Concat(from > 0 ? "…" : "", line.AsSpan(from, to - from), to < line.Length ? "…" : "");
    }

    private bool[] Hits(string text)
    {
        var hits = new bool[text.Length];
        foreach (var run in _runs)
        {
            for (var at = text.IndexOf(run, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(run, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                Array.Fill(hits, true, at, run.Length);
            }
        }

        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && IsWord(text[end]))
            {
                end++;
            }

            if (end > at && IsWanted(text[at..end]))
            {
                Array.Fill(hits, true, at, end - at);
            }

            at = Math.Max(end, at + 1);
        }

        return hits;
    }

    private bool IsWanted(string word)
    {
        if (_words.Count == 0)
        {
            return false;
        }

        foreach (var token in SearchTokens.ForIndex(word).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_words.Contains(token) || _beginnings.Exists(b => token.StartsWith(b, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char c) => c <= '\u2E7F' && (char.IsLetterOrDigit(c) || c is '@' or '_' or '.' or '-' or '+');
}
