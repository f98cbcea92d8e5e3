using Solodesk.Engine.Conditions;

namespace Solodesk.Search;

/// <summary>What somebody typed into the search, understood.</summary>
/// <param name="Words">The free words, for the full-text index; the words of phrases are among them.</param>
/// <param name="Phrases">What stands in quotes, to be found as it is.</param>
/// <param name="Without">Words and phrases that must not occur.</param>
/// <param name="Conditions">What the operators ask of a ticket.</param>
/// <param name="Owners">Names of owners, to be looked up; with a minus they must not be it.</param>
public sealed record SearchQuery(string Words, IReadOnlyList<string> Phrases, IReadOnlyList<string> Without, IReadOnlyList<Condition> Conditions, IReadOnlyList<(string Name, bool Denied)> Owners)
{
    /// <summary>Nothing was asked for.</summary>
    public bool IsEmpty => Words.Length == 0 && Without.Count == 0 && Conditions.Count == 0 && Owners.Count == 0;

    /// <summary>Whether anything narrows the words.</summary>
    public bool IsNarrowed => Phrases.Count > 0 || Without.Count > 0 || Conditions.Count > 0 || Owners.Count > 0;
}
