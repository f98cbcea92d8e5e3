namespace Solodesk.Text.Search;

/// <summary>One way of asking, analysed once, to be compared often (<see cref="Likeness"/>).</summary>
public sealed class Wording
{
    /// <param name="text">In anybody's words.</param>
    public Wording(string text)
    {
        Text = text;
        var terms = Analyzer.Terms(text);
        Length = terms.Count;
        foreach (var term in terms)
        {
            Counts[term] = Counts.GetValueOrDefault(term) + 1;
        }
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>How many terms it has.</summary>
    internal int Length { get; }

    /// <summary>How often each term stands in it.</summary>
    internal Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);
}
