using System.IO.Compression;
using System.Text;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Reads our own exports and those of other programs: CSV, a folder of Markdown (zip), the JSON of Zendesk's and Chatwoot's help centres.</summary>
internal static class ReadImport
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 300_000_000;

    /// <summary>One text that was found.</summary>
    public sealed record Piece(string Title, string Body, string? Language, string Topic, IReadOnlyList<string> Tags, ArticleState State, string Key)
    {
        /// <summary>Where it stood, for those who are told what became of it: <c>faq.csv:12</c>, <c>billing/invoice.md</c>, <c>articles.json #3</c>.</summary>
        public string Place { get; init; } = "";

        public TextFacts Facts { get; init; } = new();
        public IReadOnlyList<ExchangeFile> Files { get; init; } = [];

        /// <summary>Pictures that the text shows and the file does not hold.</summary>
        public IReadOnlyList<string> Missing { get; init; } = [];
    }

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
            : name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? [ReadMarkdown.Of(name, text, _ => null)]
            : start[0] is '{' or '[' ? ReadJson.Of(name, text)
            : ReadCsv.Of(name, text);
    }

    private static List<Piece> FromZip(ZipArchive zip)
    {
        if (zip.Entries.Count > MostFiles || zip.Entries.Sum(e => e.Length) > MostBytes)
        {
            throw new InvalidDataException();
        }

        var pieces = new List<Piece>();
        var entries = zip.Entries.Where(e => e.Length > 0).GroupBy(e => e.FullName.Replace('\\', '/')).ToDictionary(g => g.Key, g => g.First());
        foreach (var (path, entry) in entries.Where(e => e.Value.Length < 5_000_000 && !e.Key.StartsWith("__MACOSX", StringComparison.Ordinal) && !ExchangeFile.IsOne(e.Key)))
        {
            var kind = Path.GetExtension(entry.Name).ToLowerInvariant();
            if (kind is ".md" or ".markdown" or ".csv" or ".json")
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                var text = reader.ReadToEnd();
                pieces.AddRange(kind == ".csv" ? ReadCsv.Of(path, text) : kind == ".json" ? ReadJson.Of(path, text) : [ReadMarkdown.Of(path, text, BytesOf)]);
            }
        }

        return pieces.Count == 0 ? throw new InvalidDataException() : pieces;

        byte[]? BytesOf(string path)
        {
            if (!entries.TryGetValue(path, out var entry))
            {
                return null;
            }

            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    /// <summary>What was not out in the open stays in: an archived or scheduled article becomes a draft, one for the desk only stays that.</summary>
    internal static ArticleState StateOf(string word) => word.Trim().ToLowerInvariant() switch
    {
        "draft" or "0" or "archived" or "2" or "scheduled" or "草稿" or "已归档" or "定时" => ArticleState.Draft,
        "internal" or "private" or "内部" => ArticleState.Internal,
        _ => ArticleState.Public,
    };

    /// <summary>The language of a piece: what it says, else what its words are.</summary>
    public static string LanguageOf(Piece piece) => piece.Language is { Length: > 0 } said
        ? Ui.Phrases.Known(said) : AnswerIndex.LanguageOf($"{piece.Title} {(piece.Body.Length > 300 ? piece.Body[..300] : piece.Body)}", null);
}
