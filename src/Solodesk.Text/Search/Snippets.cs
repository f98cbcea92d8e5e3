using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>Picks the sentence of a text that answers a question.</summary>
public static class Snippets
{
    private const int Short = 80;
    private const int Longest = 320;

    /// <summary>
    /// The best sentence of <paramref name="body"/> for <paramref name="question"/>: the one with most of the question's words, rare ones (rare in this
    /// body) counting more, earlier ones winning ties. The beginning when nothing fits; empty for an empty body. Never throws.
    /// </summary>
    public static Snippet Of(string body, string question, Synonyms? synonyms = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(question);
        var sentences = Sentences.Split(body);
        if (sentences.Count == 0)
        {
            return new Snippet(string.Empty, [], 0);
        }

        var wanted = Wanted(question, synonyms ?? Synonyms.None);
        var terms = sentences.Select(s => Analyzer.Terms(body[s]).ToHashSet(StringComparer.Ordinal)).ToArray();
        var best = Best(terms, wanted);
        var (start, end) = (sentences[best].Start.Value, sentences[best].End.Value);
        if (end - start < Short && best + 1 < sentences.Count && sentences[best + 1].End.Value - start <= Longest)
        {
            end = sentences[best + 1].End.Value;
        }

        var text = body[start..Cut(body, start, end)];
        return new Snippet(text, Marks(text, wanted), start);
    }

    private static HashSet<string> Wanted(string question, Synonyms synonyms)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(question)))
        {
            var text = compound.Joined;
            if (compound.Kind == CompoundKind.Dense)
            {
                var terms = new List<string>();
                StopWords.Cut(text).ForEach(p => Analyzer.AddDense(terms, p));
                wanted.UnionWith(terms);
                wanted.UnionWith(synonyms.Within(text));
                continue;
            }

            foreach (var part in compound.Parts.Append(text))
            {
                var stem = EnglishStemmer.Stem(part);
                if (!StopWords.English.Contains(part) && !StopWords.Frame.Contains(part) && wanted.Add(stem))
                {
                    wanted.UnionWith(synonyms.Of(stem));
                }
            }
        }

        return wanted;
    }

    private static int Best(HashSet<string>[] sentences, HashSet<string> wanted)
    {
        var best = (Index: 0, Score: 0.0);
        var weights = wanted.ToDictionary(
            w => w, w => (Analyzer.IsUnigram(w) ? 0.4 : 1) * Math.Log(1 + (sentences.Length / (0.5 + sentences.Count(s => s.Contains(w))))), StringComparer.Ordinal);
        for (var i = 0; i < sentences.Length; i++)
        {
            var score = weights.Sum(w => sentences[i].Contains(w.Key) ? w.Value : 0);
            if (score > best.Score + 1e-9)
            {
                best = (i, score);
            }
        }

        return best.Index;
    }

    private static int Cut(string body, int start, int end)
    {
        var cut = Math.Min(end, start + Longest);
        return cut < end && cut > start + 1 && char.IsHighSurrogate(body[cut - 1]) ? cut - 1 : cut;
    }

    private static List<Range> Marks(string text, HashSet<string> wanted)
    {
        var marks = new List<Range>();
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfWord(text, i);
            if (end == i)
            {
                i++;
                continue;
            }

            MarkWord(text, i, end, wanted, marks);
            i = end;
        }

        return marks;
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || char.IsSurrogate(text[end])) && IsDense(text[end]) == IsDense(text[start]))
        {
            end++;
        }

        return end;
    }

    private static bool IsDense(char c) => RunScanner.IsDense(c);

    private static void MarkWord(string text, int start, int end, HashSet<string> wanted, List<Range> marks)
    {
        if (!IsDense(text[start]))
        {
            if (wanted.Contains(EnglishStemmer.Stem(TextFold.Fold(text[start..end]))))
            {
                marks.Add(start..end);
            }

            return;
        }

        // Pairs only: single characters would speckle the sentence.
        for (var i = start; i + 1 < end; i++)
        {
            if (!wanted.Contains(TextFold.Fold(text.Substring(i, 2))))
            {
                continue;
            }

            if (marks.Count > 0 && marks[^1].End.Value >= i)
            {
                marks[^1] = marks[^1].Start.Value..(i + 2);
            }
            else
            {
                marks.Add(i..(i + 2));
            }
        }
    }
}
