namespace Solodesk.Text.Search;

/// <summary>
/// Finds the entries that answer a question, in memory: BM25 over headings and bodies, synonyms, typing mistakes, then a closer look
/// at the best candidates.
/// </summary>
/// <remarks>
/// Thread-safe: searches run side by side and see each change as a whole; a change takes well under a millisecond. Adding, replacing and
/// removing leave the index as if it had been built anew from what is in it.
/// </remarks>
public sealed class KnowledgeIndex : IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new();
    private IndexState _state = new();
    private Synonyms _synonyms = Synonyms.BuiltIn;
    private RankWeights _weights = RankWeights.Default;

    /// <summary>Number of entries.</summary>
    public int Count => Read(s => s.Entries);

    /// <summary>The synonyms in use; a new set counts from the next search on.</summary>
    public Synonyms Synonyms
    {
        get => Volatile.Read(ref _synonyms);
        set => Volatile.Write(ref _synonyms, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>The weights in use; new ones count from the next search on.</summary>
    public RankWeights Weights
    {
        get => Volatile.Read(ref _weights);
        set => Volatile.Write(ref _weights, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>Adds an entry, or replaces the one with its id.</summary>
    public void Put(KnowledgeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _gate.EnterWriteLock();
        try
        {
            _state.Put(entry);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Removes an entry; false when there was none.</summary>
    public bool Remove(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        _gate.EnterWriteLock();
        try
        {
            return _state.Remove(id);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Replaces everything at once; searches go on in the old entries until the new ones are ready.</summary>
    public void Rebuild(IEnumerable<KnowledgeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var fresh = new IndexState();
        foreach (var entry in entries)
        {
            fresh.Put(entry);
        }

        _gate.EnterWriteLock();
        _state = fresh;
        _gate.ExitWriteLock();
    }

    /// <summary>The entry with this id, or null.</summary>
    public KnowledgeEntry? Find(string id) => Read(s => s.Find(id));

    /// <summary>
    /// The entries that fit <paramref name="question"/> best. Entries without anything in common with it are never among them; ties are
    /// in the order of their ids, so that the same question always gets the same answer.
    /// </summary>
    public SearchResult Search(string question, int limit = 10)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var synonyms = Synonyms;
        var weights = Weights;
        return Read(state =>
        {
            if (state.Pools == 0)
            {
                return SearchResult.Nothing;
            }

            var asked = new Question(question, state, synonyms);
            var candidates = new Searcher(state, asked, weights).Run(limit);
            return candidates.Count == 0
                ? SearchResult.Nothing
                : new SearchResult(PoolMembers.Spread(state, asked, candidates, limit), Sure(candidates, state.Pools));
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static double Sure(List<Candidate> candidates, int entries)
        => Confidence.Of(candidates[0].Features, candidates[0].Score, candidates.Count > 1 ? candidates[1].Score : 0, entries);

    private T Read<T>(Func<IndexState, T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return read(_state);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }
}
