namespace Solodesk.Text.Search;

/// <summary>The terms that a question asks for: what each stands for, and what it weighs.</summary>
/// <remarks>A closer look asks about every term of forty texts and nearly always hears no; sixty-four words of bits say that without a hash table.</remarks>
internal sealed class AskedTerms
{
    private readonly ulong[] _maybe = new ulong[64];
    private readonly Dictionary<int, (int Concept, double Weight)> _terms = [];

    /// <summary>Notes a term; of two concepts that ask for it the weightier has it.</summary>
    internal void Add(int term, int concept, double weight)
    {
        if (!_terms.TryGetValue(term, out var known) || known.Weight < weight)
        {
            _terms[term] = (concept, weight);
            _maybe[(term >> 6) & 63] |= 1UL << (term & 63);
        }
    }

    internal bool TryGetValue(int term, out (int Concept, double Weight) asked)
    {
        if ((_maybe[(term >> 6) & 63] >> (term & 63) & 1) != 0)
        {
            return _terms.TryGetValue(term, out asked);
        }

        asked = default;
        return false;
    }
}
