namespace Solodesk.Knowledge.Answers;

/// <summary>
/// What was found lately, kept until the articles or their ranking change: the same ticket is opened, answered and drawn again, and several of its parts
/// ask the same question.
/// </summary>
internal sealed class RecentSearches
{
    /// <summary>A few hundred tickets; when it is full it begins anew.</summary>
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Question, string Language, Audience Audience, int Limit), IReadOnlyList<FoundArticle>> _found = [];
    private int _generation;

    public IReadOnlyList<FoundArticle> Find(string question, string language, Audience audience, int limit, Func<IReadOnlyList<FoundArticle>> search)
    {
        int generation;
        lock (_lock)
        {
            if (_found.TryGetValue((question, language, audience, limit), out var known))
            {
                return known;
            }

            generation = _generation;
        }

        var found = search();
        lock (_lock)
        {
            // Something changed while it searched: it may have seen half of it.
            if (generation == _generation)
            {
                if (_found.Count >= Most)
                {
                    _found.Clear();
                }

                _found[(question, language, audience, limit)] = found;
            }
        }

        return found;
    }

    public void Forget()
    {
        lock (_lock)
        {
            _generation++;
            _found.Clear();
        }
    }
}
