namespace Solodesk.Text.Search;

/// <summary>The part of an entry that answers, ready to show.</summary>
/// <param name="Text">One sentence, or two when the first is short; as it stands in the entry.</param>
/// <param name="Marks">Where in <paramref name="Text"/> the words of the question stand, in order, not overlapping.</param>
/// <param name="Position">Where in the body it begins.</param>
public sealed record Snippet(string Text, IReadOnlyList<Range> Marks, int Position);
