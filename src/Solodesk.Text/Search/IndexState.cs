using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>Everything that is indexed. Not thread-safe; <see cref="KnowledgeIndex"/> locks around it.</summary>
internal sealed class IndexState
{
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pool> _poolOf = new(StringComparer.Ordinal);
    private readonly List<Pool?> _slots = [];
    private readonly Stack<int> _free = [];

    internal Vocabulary Terms { get; } = new();

    internal Vocabulary LetterGroups { get; } = new();

    internal FieldIndex Heading { get; } = new(k1: 1.0, b: 0.5);

    internal FieldIndex Body { get; } = new(k1: 1.0, b: 0.6);

    internal FieldIndex Letters { get; } = new(k1: 1.2, b: 0.5);

    internal int Slots => _slots.Count;

    internal int Pools => _pools.Count;

    internal int Entries => _poolOf.Count;

    internal Pool? PoolAt(int slot) => _slots[slot];

    internal void Put(KnowledgeEntry entry)
    {
        Remove(entry.Id);
        var question = entry.Kind == HeadingKind.Question
            ? string.Join(' ', CompoundScanner.Scan(TextFold.Fold(entry.Heading)).SelectMany(c => c.Parts))
            : string.Empty;
        var key = question.Length > 0 ? "q " + question : "i " + entry.Id;
        if (!_pools.TryGetValue(key, out var pool))
        {
            pool = new Pool(key, _free.TryPop(out var free) ? free : _slots.Count);
            _pools.Add(key, pool);
            if (pool.Slot == _slots.Count)
            {
                _slots.Add(pool);
            }
            else
            {
                _slots[pool.Slot] = pool;
            }
        }
        else
        {
            Forget(pool);
        }

        pool.Members.Add(new Member(entry, Terms.Add));
        _poolOf[entry.Id] = pool;
        Learn(pool);
    }

    internal bool Remove(string id)
    {
        if (!_poolOf.Remove(id, out var pool))
        {
            return false;
        }

        Forget(pool);
        pool.Members.RemoveAll(m => m.Entry.Id == id);
        if (pool.Members.Count > 0)
        {
            Learn(pool);
        }
        else
        {
            _pools.Remove(pool.Key);
            _slots[pool.Slot] = null;
            _free.Push(pool.Slot);
        }

        return true;
    }

    internal KnowledgeEntry? Find(string id) =>
        _poolOf.TryGetValue(id, out var pool) ? pool.Members.Find(m => m.Entry.Id == id)!.Entry : null;

    /// <summary>True when some entry has the term now (the vocabulary remembers terms of removed ones).</summary>
    internal bool Knows(string term) => Terms.Find(term) is >= 0 and var number && Knows(number);

    /// <summary>Words one typing mistake away (two in long ones) from a word that nobody wrote.</summary>
    internal IEnumerable<int> Resembling(string word)
    {
        if (word.Length < 4 || char.IsAsciiDigit(word[0]))
        {
            return [];
        }

        var most = word.Length >= 8 ? 2 : 1;
        var best = new List<(int Distance, string Text, int Term)>();
        foreach (var term in Heading.Terms.Concat(Body.Terms))
        {
            var text = Terms[term];
            if (Math.Abs(text.Length - word.Length) <= most && text.Length >= 3
                && EditDistance.Within(word, text, most) is var distance and >= 0)
            {
                best.Add((distance, text, term));
            }
        }

        return best.Distinct().OrderBy(b => b.Distance).ThenBy(b => b.Text, StringComparer.Ordinal).Take(3).Select(b => b.Term);
    }


    private bool Knows(int term) => Heading.Contains(term) || Body.Contains(term);

    private void Learn(Pool pool)
    {
        pool.Compose(LetterGroups, Terms.Add);
        Heading.Add(pool.Slot, pool.Heading, pool.HeadingLength);
        Body.Add(pool.Slot, pool.Body, pool.BodyLength);
        Letters.Add(pool.Slot, pool.Letters, pool.LettersLength);
    }

    private void Forget(Pool pool)
    {
        Heading.Remove(pool.Slot, pool.Heading);
        Body.Remove(pool.Slot, pool.Body);
        Letters.Remove(pool.Slot, pool.Letters);
    }
}
