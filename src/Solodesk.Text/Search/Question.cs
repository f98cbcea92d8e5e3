using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>A question, taken apart for one vocabulary.</summary>
internal sealed class Question
{
    private const double UnigramWeight = 2;
    private const double SynonymFit = 0.7;
    private const double TypoFit = 0.8;
    private const double PhraseFit = 0.5;
    private const double WordAmongCharacters = 5;
    private const int MostConcepts = 256;

    private readonly IndexState _index;
    private readonly Synonyms _synonyms;
    private readonly List<Concept> _concepts = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    internal Question(string text, IndexState index, Synonyms synonyms)
    {
        _index = index;
        _synonyms = synonyms;
        var folded = TextFold.Fold(text);
        var compounds = CompoundScanner.Scan(folded);
        Add(compounds, keepFrame: false);
        if (_concepts.Count == 0)
        {
            Add(compounds, keepFrame: true);
        }

        LetterGroups = [.. Analyzer.LetterGroups(folded).Distinct(StringComparer.Ordinal).Take(4 * MostConcepts)];
        IsDense = _concepts.Count(c => RunScanner.IsDense(c.Name[0])) * 2 > _concepts.Count;
        for (var i = 0; IsDense && i < _concepts.Count; i++)
        {
            if (!RunScanner.IsDense(_concepts[i].Name[0]))
            {
                // 1957 or iPhone is one concept where a Chinese word is two characters and their pair: it weighs what they weigh together.
                _concepts[i] = _concepts[i] with { Weight = WordAmongCharacters };
            }
        }
    }

    internal IReadOnlyList<Concept> Concepts => _concepts;

    internal IReadOnlyList<string> LetterGroups { get; }

    /// <summary>True when it is mostly written in a dense script.</summary>
    internal bool IsDense { get; }

    private void Add(List<Compound> compounds, bool keepFrame)
    {
        var words = new List<string>();
        foreach (var compound in compounds)
        {
            if (_concepts.Count >= MostConcepts)
            {
                return;
            }

            if (compound.Kind == CompoundKind.Dense)
            {
                AddDense(compound.Parts[0], keepFrame);
                continue;
            }

            words.AddRange(compound.Parts);
            foreach (var part in compound.Parts)
            {
                if (keepFrame || (!StopWords.English.Contains(part) && !StopWords.Frame.Contains(part)))
                {
                    AddWord(EnglishStemmer.Stem(part));
                }
            }
        }

        // "auto play", "back up", "log in": two words here, one in the article.
        for (var i = 0; i + 1 < words.Count && i < MostConcepts; i++)
        {
            var joined = EnglishStemmer.Stem(words[i] + words[i + 1]);
            if (_index.Knows(joined) || _synonyms.Of(joined).Count > 0)
            {
                AddWord(joined, asked: false);
            }
        }
    }

    private void AddDense(string run, bool keepFrame)
    {
        foreach (var piece in keepFrame ? [run] : StopWords.Cut(run))
        {
            var terms = new List<string>();
            Analyzer.AddDense(terms, piece);
            foreach (var term in terms.Where(_seen.Add))
            {
                var number = _index.Terms.Find(term);
                _concepts.Add(new Concept(term, Analyzer.IsUnigram(term) ? UnigramWeight : 1, number < 0 ? [] : [(number, 1)]));
            }
        }

        foreach (var other in _synonyms.Within(run))
        {
            var terms = new List<string>();
            Analyzer.AddDense(terms, other);
            foreach (var term in terms.Where(t => !_seen.Contains(t)).Distinct())
            {
                var number = _index.Terms.Find(term);
                if (number >= 0 && !Analyzer.IsUnigram(term))
                {
                    _concepts.Add(new Concept(term, 1, [(number, PhraseFit)]) { Asked = false });
                }
            }
        }
    }

    private void AddWord(string stem, bool asked = true)
    {
        if (!_seen.Add(stem))
        {
            return;
        }

        var alternatives = new List<(int, double)>();
        if (_index.Knows(stem))
        {
            alternatives.Add((_index.Terms.Find(stem), 1));
        }
        else
        {
            alternatives.AddRange(_index.Resembling(stem).Select(t => (t, TypoFit)));
        }

        alternatives.AddRange(_synonyms.Of(stem).Select(_index.Terms.Find).Where(t => t >= 0).Select(t => (t, SynonymFit)));
        _concepts.Add(new Concept(stem, 1, alternatives) { Asked = asked });
    }
}
