namespace Solodesk.Text.Search;

/// <summary>Numbers for terms. Grows only; a rebuild starts a new one.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];

    internal int Add(string term)
    {
        if (!_numbers.TryGetValue(term, out var number))
        {
            number = _terms.Count;
            _numbers.Add(term, number);
            _terms.Add(term);
        }

        return number;
    }

    /// <summary>The term's number, or −1.</summary>
    internal int Find(string term) => _numbers.GetValueOrDefault(term, -1);

    internal string this[int number] => _terms[number];
}
