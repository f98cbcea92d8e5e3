using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Reads what other programs export: CSV, a folder of Markdown (zip), the JSON of Zendesk's and Chatwoot's help centres.</summary>
internal static class ReadImport
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 300_000_000;

    /// <summary>One text that was found.</summary>
    public sealed record Piece(string Title, string Body, string? Language, string Topic, IReadOnlyList<string> Tags, ArticleState State, string Key);

    /// <exception cref="InvalidDataException">The file is none of the kinds.</exception>
    public static IReadOnlyList<Piece> Read(string name, Stream content)
    {
        using var whole = new MemoryStream();
        content.CopyTo(whole);
        var bytes = whole.ToArray();
        if (bytes is [(byte)'P', (byte)'K', ..])
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return FromZip(zip);
        }

        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var start = text.TrimStart();
        return start.Length == 0 ? throw new InvalidDataException()
            : name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? [FromMarkdown(name, text)]
            : start[0] is '{' or '[' ? FromJson(text)
            : FromCsv(text);
    }

    private static List<Piece> FromZip(ZipArchive zip)
    {
        if (zip.Entries.Count > MostFiles || zip.Entries.Sum(e => e.Length) > MostBytes)
        {
            throw new InvalidDataException();
        }

        var pieces = new List<Piece>();
        foreach (var entry in zip.Entries.Where(e => e.Length is > 0 and < 5_000_000 && !e.FullName.StartsWith("__MACOSX", StringComparison.Ordinal)))
        {
            var kind = Path.GetExtension(entry.Name).ToLowerInvariant();
            if (kind is ".md" or ".markdown" or ".csv" or ".json")
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                var text = reader.ReadToEnd();
                pieces.AddRange(kind == ".csv" ? FromCsv(text) : kind == ".json" ? FromJson(text) : [FromMarkdown(entry.FullName, text)]);
            }
        }

        return pieces.Count == 0 ? throw new InvalidDataException() : pieces;
    }

    private static List<Piece> FromCsv(string text)
    {
        var rows = Csv.Read(text);
        if (rows.Count < 2)
        {
            throw new InvalidDataException();
        }

        var head = rows[0].Select(h => h.Trim().ToLowerInvariant()).ToList();
        var question = At("question", "title", "q", "name", "问题", "标题", "问", "faq");
        var answer = At("answer", "body", "content", "a", "text", "答案", "回答", "内容", "正文", "答");
        var (language, topic, tags, state) = (At("language", "locale", "lang", "语言"), At("topic", "category", "section", "分类", "类别"), At("tags", "labels", "标签"), At("state", "status", "状态"));
        if (question < 0 || answer < 0)
        {
            throw new InvalidDataException();
        }

        return [.. rows.Skip(1).Select((r, i) => new Piece(Cell(r, question).Trim(), Markdown(Cell(r, answer)), Cell(r, language) is { Length: > 0 } l ? l : null, Cell(r, topic).Trim(),
            Cell(r, tags).Split([',', ';', '|', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StateOf(Cell(r, state)), $"csv {i}"))
            .Where(p => p.Title.Length > 0 && p.Body.Length > 0)];

        int At(params string[] names) => head.FindIndex(names.Contains);

        static string Cell(string[] row, int at) => at >= 0 && at < row.Length ? row[at] : "";
    }

    /// <summary>Front matter (title, language, topic, tags) if there is any; else the first heading, else the file's name.</summary>
    private static Piece FromMarkdown(string path, string text)
    {
        text = text.ReplaceLineEndings("\n");
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (text.StartsWith("---\n", StringComparison.Ordinal) && text.IndexOf("\n---\n", 3, StringComparison.Ordinal) is > 0 and var end)
        {
            foreach (var line in text[4..end].Split('\n'))
            {
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    facts[line[..colon].Trim()] = line[(colon + 1)..].Trim().Trim('"', '\'');
                }
            }

            text = text[(end + 5)..];
        }

        text = text.Trim();
        var title = facts.GetValueOrDefault("title", "");
        if (title.Length == 0 && text.StartsWith("# ", StringComparison.Ordinal))
        {
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            (title, text) = (text[2..(line < 0 ? text.Length : line)].Trim(), line < 0 ? "" : text[(line + 1)..].Trim());
        }

        var folder = Path.GetDirectoryName(path)?.Replace('\\', '/').Split('/')[^1] ?? "";
        var file = Path.GetFileNameWithoutExtension(path);
        // "5.en.md" is the English of "5": how we export.
        var suffix = Path.GetExtension(file).TrimStart('.');
        var known = suffix is "en" or "zh" or "zh-Hans" or "zh-CN";
        return new Piece(title.Length > 0 ? title : known ? Path.GetFileNameWithoutExtension(file) : file, text, facts.GetValueOrDefault("language") ?? (known ? suffix : null),
            facts.GetValueOrDefault("topic") ?? facts.GetValueOrDefault("category") ?? folder,
            facts.GetValueOrDefault("tags", "").Trim('[', ']').Split([',', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            StateOf(facts.GetValueOrDefault("state", "")), facts.GetValueOrDefault("article") ?? (known ? Path.Combine(folder, Path.GetFileNameWithoutExtension(file)) : path));
    }

    /// <summary>Zendesk: <c>articles</c> with title, body, locale, draft, label_names. Chatwoot: <c>payload</c> with title, content, status, category.</summary>
    private static List<Piece> FromJson(string text)
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
            Word(a, "title", "name", "question"), Markdown(Word(a, "body", "content", "answer")), Word(a, "locale", "language") is { Length: > 0 } l ? l : null,
            a.TryGetProperty("category", out var c) && c.ValueKind == JsonValueKind.Object ? Word(c, "name") : sections.GetValueOrDefault(Word(a, "section_id"), Word(a, "category", "section")),
            a.TryGetProperty("label_names", out var labels) && labels.ValueKind == JsonValueKind.Array ? [.. labels.EnumerateArray().Select(t => t.ToString())] : [],
            a.TryGetProperty("draft", out var draft) && draft.ValueKind == JsonValueKind.True ? ArticleState.Draft
                // Zendesk: only for a group of users. Nothing that was not for everybody becomes so by moving.
                : Word(a, "user_segment_id").Length > 0 ? ArticleState.Internal : StateOf(Word(a, "status")),
            // Zendesk gives every translation the id of its source; Chatwoot names the root article.
            Word(a, "source_id", "associated_article_id") is { Length: > 0 } source ? source : Word(a, "id") is { Length: > 0 } id ? id : $"json {i}")).Where(p => p.Title.Length > 0 && p.Body.Length > 0)];
    }

    /// <summary>What was not out in the open stays in: an archived or scheduled article becomes a draft, one for the desk only stays that.</summary>
    private static ArticleState StateOf(string word) => word.Trim().ToLowerInvariant() switch
    {
        "draft" or "0" or "archived" or "2" or "scheduled" or "草稿" or "已归档" or "定时" => ArticleState.Draft,
        "internal" or "private" or "内部" => ArticleState.Internal,
        _ => ArticleState.Public,
    };

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

    /// <summary>HTML becomes Markdown; what is no HTML stays as it is.</summary>
    internal static string Markdown(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains("</", StringComparison.Ordinal) && !trimmed.Contains("<br", StringComparison.OrdinalIgnoreCase))
        {
            return trimmed.ReplaceLineEndings("\n");
        }

        var markdown = new StringBuilder();
        Write(new HtmlParser().ParseDocument(trimmed).Body!, markdown, "");
        var lines = markdown.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd());
        var compact = new StringBuilder();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (empty < 2)
            {
                compact.Append(line).Append('\n');
            }
        }

        return compact.ToString().Trim();
    }

    private static void Write(INode node, StringBuilder text, string mark)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                AddWords(text, words.Data);
                continue;
            }

            if (child is not IElement element)
            {
                continue;
            }

            switch (element.LocalName)
            {
                case "script" or "style" or "head" or "iframe":
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "h1" or "h2" or "h3" or "h4":
                    text.Append("\n\n").Append(element.LocalName is "h1" or "h2" ? "## " : "### ").Append(element.TextContent.Trim()).Append("\n\n");
                    break;
                case "b" or "strong":
                    text.Append("**").Append(element.TextContent.Trim()).Append("**");
                    break;
                case "i" or "em":
                    text.Append('*').Append(element.TextContent.Trim()).Append('*');
                    break;
                case "code":
                    text.Append('`').Append(element.TextContent).Append('`');
                    break;
                case "pre":
                    text.Append("\n\n```\n").Append(element.TextContent.Trim('\n')).Append("\n```\n\n");
                    break;
                case "a" when element.GetAttribute("href") is { Length: > 0 } href:
                    text.Append('[').Append(element.TextContent.Trim()).Append("](").Append(href).Append(')');
                    break;
                case "img" when element.GetAttribute("src") is { Length: > 0 } src:
                    text.Append("![").Append(element.GetAttribute("alt")).Append("](").Append(src).Append(')');
                    break;
                case "ul" or "ol":
                    text.Append("\n\n");
                    var number = 1;
                    foreach (var item in element.Children.Where(c => c.LocalName == "li"))
                    {
                        text.Append(mark).Append(element.LocalName == "ol" ? $"{number++}. " : "- ");
                        Write(item, text, mark + "   ");
                        text.Append('\n');
                    }

                    text.Append('\n');
                    break;
                case "p" or "div" or "section" or "blockquote" or "table" or "tr":
                    text.Append("\n\n").Append(element.LocalName == "blockquote" ? "> " : "");
                    Write(element, text, mark);
                    text.Append("\n\n");
                    break;
                case "td" or "th":
                    Write(element, text, mark);
                    text.Append(" · ");
                    break;
                default:
                    Write(element, text, mark);
                    break;
            }
        }
    }

    // White space of HTML says no more than one blank, and none at the beginning of a line.
    private static void AddWords(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            {
                text.Append(' ');
            }
        }
    }

    /// <summary>The language of a piece: what it says, else what its words are.</summary>
    public static string LanguageOf(Piece piece) => piece.Language is { Length: > 0 } said
        ? Ui.Phrases.Known(said) : AnswerIndex.LanguageOf($"{piece.Title} {(piece.Body.Length > 300 ? piece.Body[..300] : piece.Body)}", null);
}
