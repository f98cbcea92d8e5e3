using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>What a page says about itself to machines (schema.org, JSON-LD).</summary>
internal static class HelpData
{
    // The default encoder of HTML-sensitive characters stays on for < > & ', so that no text can end the script element.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Site(HelpView view) => Write(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "WebSite",
        ["name"] = view.Name,
        ["url"] = view.Root + view.Home,
        ["inLanguage"] = Tongue.Html(view.Language),
        ["potentialAction"] = new JsonObject
        {
            ["@type"] = "SearchAction",
            ["target"] = $"{view.Root}{view.Home}/search?q={{search_term_string}}",
            ["query-input"] = "required name=search_term_string",
        },
    });

    public static string Path(HelpView view, IEnumerable<Topic> topics, ArticleCard? article) => Write(Trail(view, topics, article));

    public static string Of(HelpView view, ArticleCard card, IReadOnlyList<Topic> topics)
    {
        JsonNode main = card.Kind == ArticleKind.Faq
            ? new JsonObject
            {
                ["@type"] = "FAQPage",
                ["mainEntity"] = new JsonArray(new JsonObject
                {
                    ["@type"] = "Question",
                    ["name"] = card.Title,
                    ["acceptedAnswer"] = new JsonObject { ["@type"] = "Answer", ["text"] = card.Plain },
                }),
            }
            : new JsonObject
            {
                ["@type"] = card.Kind is ArticleKind.Tutorial ? "HowTo" : "TechArticle",
                [card.Kind is ArticleKind.Tutorial ? "name" : "headline"] = card.Title,
                ["description"] = card.Beginning,
            };
        var about = main.AsObject();
        about["@context"] = "https://schema.org";
        about["inLanguage"] = Tongue.Html(card.Language);
        about["url"] = view.Root + card.Path;
        about["datePublished"] = card.FirstPublishedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        about["dateModified"] = card.PublishedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (card.Kind is ArticleKind.Tutorial)
        {
            about["step"] = new JsonArray([.. card.Sections.SelectMany(s => s.Lines).Where(l => l.Mark.Length > 2).Take(30)
                .Select(l => (JsonNode)new JsonObject { ["@type"] = "HowToStep", ["text"] = l.Text })]);
        }

        return Write(new JsonArray(about, Trail(view, topics, card)));
    }

    private static JsonObject Trail(HelpView view, IEnumerable<Topic> topics, ArticleCard? article)
    {
        var items = new List<(string Name, string Url)> { (view.Name, view.Root + view.Home) };
        items.AddRange(topics.Select(t => (t.Name(view.Language), $"{view.Root}{view.Home}/topics/{t.Slug}")));
        if (article is not null)
        {
            items.Add((article.Title, view.Root + article.Path));
        }

        return new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = new JsonArray([.. items.Select((item, i) => (JsonNode)new JsonObject { ["@type"] = "ListItem", ["position"] = i + 1, ["name"] = item.Name, ["item"] = item.Url })]),
        };
    }

    private static string Write(JsonNode node) => node.ToJsonString(Json);
}
