using System.Collections.Frozen;
using System.Text;
using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>Words that may stand for each other when searching. Immutable; an edit makes a new one.</summary>
public sealed class Synonyms
{
    private readonly FrozenDictionary<string, string[]> _words;
    private readonly (string Phrase, string[] Others)[] _dense;

    private Synonyms(FrozenDictionary<string, string[]> words, (string Phrase, string[] Others)[] dense)
    {
        _words = words;
        _dense = dense;
    }

    /// <summary>No synonyms.</summary>
    public static Synonyms None { get; } = Parse([]);

    /// <summary>Everyday words of customer support, English and Chinese; a start that the founder adds to.</summary>
    public static Synonyms BuiltIn { get; } = Parse(BuiltInSynonyms.Lines);

    /// <summary>
    /// Reads groups, one per line, their words separated by commas: <c>delete, remove, erase</c> or <c>退款, 退钱, 退费</c>. Lines starting with # and
    /// lines of one word are skipped. A word in two groups belongs to both. English phrases of several words count joined (<c>log in</c> is login).
    /// </summary>
    public static Synonyms Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var words = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var group = line.Split(',', '，', '、').Select(Key).Where(k => k.Length > 0).Distinct().ToArray();
            foreach (var word in group)
            {
                if (!words.TryGetValue(word, out var others))
                {
                    words.Add(word, others = new HashSet<string>(StringComparer.Ordinal));
                }

                others.UnionWith(group.Where(o => o != word));
            }
        }

        return new Synonyms(
            words.ToFrozenDictionary(w => w.Key, w => w.Value.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            [.. words.Where(w => RunScanner.IsDense(w.Key[0]) && w.Value.Count > 0)
                .Select(w => (w.Key, w.Value.Order(StringComparer.Ordinal).ToArray())).OrderBy(w => w.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The synonyms that come with the product and these groups, written as for <see cref="Parse"/>.</summary>
    public static Synonyms BuiltInWith(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Parse(BuiltInSynonyms.Lines.Concat(lines));
    }

    /// <summary>What may stand for a word: stems, or dense runs.</summary>
    internal IReadOnlyList<string> Of(string stem) => _words.GetValueOrDefault(stem, []);

    /// <summary>What may stand for the phrases within a dense run.</summary>
    internal IEnumerable<string> Within(string run) =>
        _dense.Where(d => run.Contains(d.Phrase, StringComparison.Ordinal)).SelectMany(d => d.Others).Distinct();

    /// <summary>The text, folded, with one word of each group for all of its words: what is compared then is what was meant.</summary>
    internal string Unify(string text)
    {
        var unified = new List<string>();
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(text)))
        {
            if (compound.Kind == CompoundKind.Dense)
            {
                unified.Add(UnifyRun(compound.Parts[0]));
                continue;
            }

            // Two words that are one ("log in"), before either.
            if (compound.Parts is [var word] && unified.Count > 0 && Group(EnglishStemmer.Stem(unified[^1] + word)) is { } both)
            {
                unified[^1] = both;
            }
            else
            {
                unified.Add(compound.Kind is CompoundKind.Single or CompoundKind.Glued ? Group(EnglishStemmer.Stem(compound.Joined)) ?? string.Join('-', compound.Parts) : compound.Joined);
            }
        }

        return string.Join(' ', unified);
    }

    private string? Group(string stem) => _words.TryGetValue(stem, out var others) && others.Length > 0
        ? string.CompareOrdinal(stem, others[0]) < 0 ? stem : others[0] : null;

    private string UnifyRun(string run)
    {
        var unified = new StringBuilder(run.Length);
        for (var i = 0; i < run.Length;)
        {
            var longest = string.Empty;
            foreach (var (phrase, _) in _dense)
            {
                if (phrase.Length > longest.Length && string.CompareOrdinal(run, i, phrase, 0, phrase.Length) == 0)
                {
                    longest = phrase;
                }
            }

            if (longest.Length > 0)
            {
                unified.Append(Group(longest));
                i += longest.Length;
            }
            else
            {
                unified.Append(run[i++]);
            }
        }

        return unified.ToString();
    }

    private static string Key(string word) =>
        EnglishStemmer.Stem(string.Concat(CompoundScanner.Scan(TextFold.Fold(word)).SelectMany(c => c.Parts)));
}
