namespace Solodesk.Text.Tokens;

/// <summary>One thing that a search asks for: any of some tokens, or all of some others.</summary>
/// <param name="AnyOf">Tokens of which one is enough (a word and its stem; a telephone number with and without its country code).</param>
/// <param name="OrAllOf">Tokens that together count as well (the parts of <c>wi-fi</c>); empty when there is no such way.</param>
/// <param name="IsPrefix">True when the person may still be typing this word: its tokens match as beginnings.</param>
public sealed record SearchTerm(IReadOnlyList<string> AnyOf, IReadOnlyList<string> OrAllOf, bool IsPrefix = false);
