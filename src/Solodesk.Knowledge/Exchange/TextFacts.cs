using System.Globalization;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>
/// What a file says of a text beside its words, in the same names whether in the head of a CSV or in front of Markdown. Files of other
/// programs say little of it; with an <see cref="Id"/> the file is an export of ours, and says all.
/// </summary>
internal sealed record TextFacts
{
    public Guid? Id { get; init; }
    public long? Number { get; init; }

    /// <summary>The exact state; a file of another program is read more carefully.</summary>
    public ArticleState? State { get; init; }

    /// <summary>The language that the others are translated from.</summary>
    public string? Original { get; init; }

    public ArticleKind? Kind { get; init; }
    public IReadOnlyList<string>? Questions { get; init; }

    /// <summary>The e-mail address of who looks after it.</summary>
    public string Owner { get; init; } = "";

    public int? ReviewDays { get; init; }
    public DateTimeOffset? ReviewAt { get; init; }
    public DateTimeOffset? PublishAt { get; init; }
    public bool ForBot { get; init; } = true;
    public string Asks { get; init; } = "";

    /// <summary>The slugs of the topic and those above it, from the top, as <c>a/b</c>.</summary>
    public string TopicSlugs { get; init; } = "";

    /// <summary>How each of these is drawn, in the same order.</summary>
    public IReadOnlyList<string> TopicIcons { get; init; } = [];

    /// <summary>The places of each among all topics.</summary>
    public IReadOnlyList<string> TopicPlaces { get; init; } = [];

    /// <summary>The lines below the names, as the names are written.</summary>
    public string TopicLines { get; init; } = "";

    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? FirstPublishedAt { get; init; }

    /// <summary>What readers see, where it is not what is being written.</summary>
    public string? PublicTitle { get; init; }

    public string? PublicBody { get; init; }

    /// <summary>In a sentence or two; other programs call it a description.</summary>
    public string? Summary { get; init; }

    public string? PublicSummary { get; init; }

    /// <summary>By how many versions the translation is behind the original.</summary>
    public int Behind { get; init; }

    /// <summary>The names, and the values of one text in the same order.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Article article, ArticleText text, IReadOnlyList<Topic> topics, string owner) =>
    [
        ("language", text.Language),
        ("topic", string.Join(" > ", topics.Select(t => t.Name(text.Language).Replace(">", "\\>", StringComparison.Ordinal)))),
        ("tags", TagList.Write(article.Tags)),
        ("state", article.State.ToString().ToLowerInvariant()),
        ("article", Digits(article.Number)),
        ("article_id", article.Id.ToString()),
        ("original", article.Language),
        ("kind", article.Kind.ToString()),
        ("questions", string.Join('\n', text.Questions.Select(q => q.ReplaceLineEndings(" ")))),
        ("summary", text.Summary ?? ""),
        ("owner", owner),
        ("review_days", article.ReviewDays is { } days ? Digits(days) : ""),
        ("review_at", Time(article.ReviewAt)),
        ("publish_at", Time(article.PublishAt)),
        ("bot", article.ForBot ? "yes" : "no"),
        ("asks", article.Asks),
        ("topic_path", string.Join('/', topics.Select(t => t.Slug))),
        ("topic_icons", string.Join('/', topics.Select(t => t.Icon))),
        ("topic_places", string.Join('/', topics.Select(t => Digits(t.Position)))),
        ("topic_lines", topics.Any(t => LineOf(t, text.Language).Length > 0) ? string.Join(" > ", topics.Select(t => LineOf(t, text.Language).Replace(">", "\\>", StringComparison.Ordinal))) : ""),
        ("published", Time(text.PublishedAt)),
        ("first_published", Time(text.FirstPublishedAt)),
        ("public_question", text.PublicTitle is not null && text.HasChanges ? text.PublicTitle : ""),
        ("public_answer", text.PublicTitle is not null && text.HasChanges ? text.PublicBody ?? "" : ""),
        ("public_summary", text.PublicTitle is not null && text.HasChanges ? text.PublicSummary ?? "" : ""),
        ("behind", Digits(article.Behind(text))),
    ];

    public static TextFacts Read(Func<string, string> fact) => new()
    {
        Id = Guid.TryParse(fact("article_id"), out var id) ? id : null,
        Number = Whole(fact("article")),
        State = Enum.TryParse<ArticleState>(fact("state"), ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
        Original = fact("original") is { Length: > 0 } original ? Ui.Phrases.Known(original) : null,
        Kind = Enum.TryParse<ArticleKind>(fact("kind"), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        Questions = fact("questions") is { Length: > 0 } questions ? questions.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null,
        Owner = fact("owner").Trim(),
        ReviewDays = Whole(fact("review_days")) is { } days and > 0 and <= 3650 ? (int)days : null,
        ReviewAt = TimeOf(fact("review_at")),
        PublishAt = TimeOf(fact("publish_at")),
        ForBot = fact("bot") != "no",
        Asks = fact("asks") is "order" or "email" or "device" ? fact("asks") : "",
        TopicSlugs = fact("topic_path"),
        TopicIcons = fact("topic_icons").Split('/'),
        TopicPlaces = fact("topic_places").Split('/'),
        TopicLines = fact("topic_lines"),
        PublishedAt = TimeOf(fact("published")),
        FirstPublishedAt = TimeOf(fact("first_published")),
        PublicTitle = fact("public_question") is { Length: > 0 } title ? title : null,
        PublicBody = fact("public_question").Length > 0 ? fact("public_answer").ReplaceLineEndings("\n") : null,
        Summary = SummaryOf(fact("summary")) ?? SummaryOf(fact("description")),
        PublicSummary = SummaryOf(fact("public_summary")),
        Behind = (int)Math.Min(Whole(fact("behind")) ?? 0, 10_000),
    };

    private static string? SummaryOf(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length is 0 or > WriteArticle.LongestSummary ? null : line;
    }

    private static string LineOf(Topic topic, string language) => topic.Lines.GetValueOrDefault(language, "");

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? TimeOf(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
