namespace Solodesk.Text.Search;

/// <summary>What the heading of an entry is; it decides how much the heading counts.</summary>
public enum HeadingKind
{
    /// <summary>The question that the body answers. Entries with the same question are pooled: their answers are found together.</summary>
    Question,

    /// <summary>A title: says what the text is about, but several texts may share it.</summary>
    Title,
}

/// <summary>One text that can be found.</summary>
/// <param name="Id">Identity; putting an entry with a known id replaces it.</param>
/// <param name="Heading">Question or title; may be empty.</param>
/// <param name="Body">The answer, as plain text.</param>
/// <param name="Kind">What the heading is.</param>
/// <param name="Keywords">Tags, other ways of asking the question: counted as part of the heading.</param>
public sealed record KnowledgeEntry(
    string Id, string Heading, string Body, HeadingKind Kind = HeadingKind.Question, IReadOnlyList<string>? Keywords = null);
