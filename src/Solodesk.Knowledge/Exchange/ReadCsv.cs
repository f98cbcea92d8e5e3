using static Solodesk.Knowledge.Exchange.ReadImport;

namespace Solodesk.Knowledge.Exchange;

/// <summary>A CSV with a head: question and answer at least, in any order, under the names that help centres use.</summary>
internal static class ReadCsv
{
    public static List<Piece> Of(string name, string text)
    {
        var rows = Csv.Read(text);
        if (rows.Count < 2)
        {
            throw new InvalidDataException();
        }

        var head = rows[0].Cells.Select(h => h.Trim().ToLowerInvariant()).ToList();
        var question = At("question", "title", "q", "name", "问题", "标题", "问", "faq");
        var answer = At("answer", "body", "content", "a", "text", "答案", "回答", "内容", "正文", "答");
        var (language, topic, tags, state) = (At("language", "locale", "lang", "语言"), At("topic", "category", "section", "分类", "类别"), At("tags", "labels", "标签"), At("state", "status", "状态"));
        if (question < 0 || answer < 0)
        {
            throw new InvalidDataException();
        }

        return [.. rows.Skip(1).Select(row => PieceOf(row.Line, row.Cells)).Where(p => p.Facts.Id is not null || p.Title.Length > 0 || p.Body.Length > 0)];

        Piece PieceOf(int line, string[] row)
        {
            var facts = TextFacts.Read(fact => Cell(row, At(fact)));
            // What we wrote is Markdown already, and its mark-up examples are no mark-up.
            var body = facts.Id is null ? HtmlToMarkdown.Of(Cell(row, answer)) : Cell(row, answer).ReplaceLineEndings("\n");
            return new Piece(Cell(row, question).Trim(), body, Cell(row, language) is { Length: > 0 } l ? l : null, Cell(row, topic).Trim(),
                TagList.Read(Cell(row, tags)), StateOf(Cell(row, state)), KeyOf(facts, row) ?? $"{name}:{line}")
            {
                Place = $"{name}:{line}",
                Facts = facts,
                Files = [.. Cell(row, At("files")).Split('\n').Select(f => ExchangeFile.TryParse(f, out var file) ? file : null).OfType<ExchangeFile>()],
            };
        }

        // Rows of one article are its translations.
        string? KeyOf(TextFacts facts, string[] row) => facts.Id is { } id ? id.ToString() : Cell(row, At("article")) is { Length: > 0 } number ? $"{name} article {number}" : null;

        int At(params string[] names) => head.FindIndex(names.Contains);

        static string Cell(string[] row, int at) => at >= 0 && at < row.Length ? row[at] : "";
    }
}
