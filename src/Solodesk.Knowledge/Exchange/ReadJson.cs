using System.Text.Json;
using Solodesk.Knowledge.Articles;
using static Solodesk.Knowledge.Exchange.ReadImport;

namespace Solodesk.Knowledge.Exchange;

/// <summary>The JSON of Zendesk's and Chatwoot's help centres.</summary>
internal static class ReadJson
{
    /// <summary>Zendesk: <c>articles</c> with title, body, locale, draft, label_names. Chatwoot: <c>payload</c> with title, content, status, category.</summary>
    public static List<Piece> Of(string name, string text)
    {
        using var document = Parse(text);
        var root = document.RootElement;
        var list = root.ValueKind == JsonValueKind.Array ? root
            : root.TryGetProperty("articles", out var articles) ? articles
            : root.TryGetProperty("payload", out var payload) ? payload
            : throw new InvalidDataException();
        var sections = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("sections", out var named) && named.ValueKind == JsonValueKind.Array
            ? named.EnumerateArray().Where(s => s.TryGetProperty("id", out _)).ToDictionary(s => s.GetProperty("id").ToString(), s => Word(s, "name")) : [];
        return [.. list.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.Object).Select((a, i) => new Piece(
            Word(a, "title", "name", "question"), HtmlToMarkdown.Of(Word(a, "body", "content", "answer")), Word(a, "locale", "language") is { Length: > 0 } l ? l : null,
            a.TryGetProperty("category", out var c) && c.ValueKind == JsonValueKind.Object ? Word(c, "name") : sections.GetValueOrDefault(Word(a, "section_id"), Word(a, "category", "section")),
            a.TryGetProperty("label_names", out var labels) && labels.ValueKind == JsonValueKind.Array ? [.. labels.EnumerateArray().Select(t => t.ToString())] : [],
            a.TryGetProperty("draft", out var draft) && draft.ValueKind == JsonValueKind.True ? ArticleState.Draft
                // Zendesk: only for a group of users. Nothing that was not for everybody becomes so by moving.
                : Word(a, "user_segment_id").Length > 0 ? ArticleState.Internal : StateOf(Word(a, "status")),
            // Zendesk gives every translation the id of its source; Chatwoot names the root article.
            Word(a, "source_id", "associated_article_id") is { Length: > 0 } source ? source : Word(a, "id") is { Length: > 0 } id ? id : $"{name} {i}")
        { Place = $"{name} #{i + 1}" })];
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static string Word(JsonElement element, params string[] names)
        => names.Select(n => element.TryGetProperty(n, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : "").FirstOrDefault(v => v.Length > 0) ?? "";
}
