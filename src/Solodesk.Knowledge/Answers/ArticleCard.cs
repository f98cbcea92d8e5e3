using Solodesk.Knowledge.Articles;
using Solodesk.Text.Search;

namespace Solodesk.Knowledge.Answers;

/// <summary>What the index keeps of one article in one language, ready to show in lists and to answer with.</summary>
public sealed record ArticleCard(
    Guid ArticleId, long Number, string Language, string Title, ArticleKind Kind, ArticleState State, Guid? TopicId, IReadOnlyList<string> Tags,
    string Plain, IReadOnlyList<PlainText.Section> Sections, string Beginning, DateTimeOffset PublishedAt, DateTimeOffset FirstPublishedAt, bool ForBot, string Asks)
{
    public string Path => $"/help/{Tongue.Short(Language)}/articles/{Number}-{Uri.EscapeDataString(Slug.Of(Title))}";

    /// <summary>The title and the other ways that people ask for it.</summary>
    public required IReadOnlyList<Wording> Wordings { get; init; }

    /// <summary>What it says in a sentence or two, where somebody wrote that; lists show it instead of the beginning.</summary>
    public string? Summary { get; init; }

    public bool IsPublic => State == ArticleState.Public;

    /// <summary>Its identity in the index.</summary>
    public string Key => KeyOf(ArticleId, Language);

    public static string KeyOf(Guid article, string language) => $"{article:N} {language}";
}

/// <summary>Languages as they stand in addresses.</summary>
internal static class Tongue
{
    public static IReadOnlyList<string> All { get; } = ["zh-Hans", "en"];

    public static string Short(string language) => language.StartsWith("zh", StringComparison.Ordinal) ? "zh" : "en";

    public static string Long(string word) => word == "zh" ? "zh-Hans" : "en";

    public static string Other(string language) => language == "en" ? "zh-Hans" : "en";

    /// <summary>What goes into <c>lang</c> attributes.</summary>
    public static string Html(string language) => language == "en" ? "en" : "zh-CN";
}
