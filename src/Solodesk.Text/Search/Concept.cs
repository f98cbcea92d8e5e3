namespace Solodesk.Text.Search;

/// <summary>Something that a question mentions, and the terms that may stand for it.</summary>
/// <param name="Name">The term as asked, for showing why.</param>
/// <param name="Weight">How much it counts: characters, pairs and words differ.</param>
/// <param name="Alternatives">Vocabulary numbers with their fit (1 for the term itself); empty when nobody ever wrote it.</param>
internal sealed record Concept(string Name, double Weight, IReadOnlyList<(int Term, double Fit)> Alternatives)
{
    /// <summary>False for synonyms that only add to the score; they say nothing about what is missing.</summary>
    internal bool Asked { get; init; } = true;
}
