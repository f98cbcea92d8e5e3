using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Every article with all that is known of it, so that an empty desk can be filled with it again: as a CSV, or as a folder of Markdown.</summary>
[UseCase]
internal sealed class ExportArticles(IDbContextFactory<DeskDb> dbs, IFileStore store)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private sealed record Row(Article Article, ArticleText Text, IReadOnlyList<Topic> Topics, string Owner)
    {
        public IReadOnlyList<(string Name, string Value)> Facts { get; } = TextFacts.Of(Article, Text, Topics, Owner);

        public IEnumerable<string> Tokens => ExchangeFile.TokensIn(Text.Body).Concat(ExchangeFile.TokensIn(Text.PublicBody));
    }

    /// <summary>The whole of it at its beginning; gone from the disk when it is closed.</summary>
    public async Task<Stream> CsvAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await RowsAsync(db, ct);
        var file = Temporary();
        await using (var csv = new StreamWriter(file, new UTF8Encoding(true), leaveOpen: true))
        {
            var names = TextFacts.Of(new Article { Language = "en" }, new ArticleText { Language = "en" }, [], "").Select(f => f.Name);
            await csv.WriteAsync(Csv.Write(["question", "answer", .. names, "files"]));
            var written = new HashSet<string>();
            foreach (var row in rows)
            {
                var files = await FilesAsync(db, [.. row.Tokens.Where(written.Add)], ct);
                await csv.WriteAsync(Csv.Write([row.Text.Title, row.Text.Body, .. row.Facts.Select(f => f.Value), string.Join('\n', files.Select(f => f.ToCell()))]));
            }
        }

        file.Position = 0;
        return file;
    }

    /// <inheritdoc cref="CsvAsync"/>
    public async Task<Stream> ZipAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await RowsAsync(db, ct);
        var file = Temporary();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var tokens = new HashSet<string>();
            foreach (var part in rows.SelectMany(r => r.Tokens).Distinct().Chunk(20))
            {
                foreach (var found in await FilesAsync(db, part, ct))
                {
                    tokens.Add(found.Token!);
                    await using var entry = zip.CreateEntry($"{ExchangeFile.Folder}/{found.Token}/{found.Name}").Open();
                    await entry.WriteAsync(found.Bytes, ct);
                }
            }

            foreach (var row in rows)
            {
                var folder = row.Topics is [.., var topic] && topic.Slug != ExchangeFile.Folder ? topic.Slug : "articles";
                var name = string.Create(CultureInfo.InvariantCulture, $"{row.Article.Number}-{Slug.Of(row.Text.Title)}").TrimEnd('-');
                await using var writer = new StreamWriter(zip.CreateEntry($"{folder}/{name}.{Tongue.Short(row.Text.Language)}.md").Open(), new UTF8Encoding(false));
                var facts = row.Facts.Where(f => f.Value.Length > 0 || f.Name is "topic").Select(f => Line(f.Name, f.Name == "public_answer" ? ExchangeFile.Beside(f.Value, tokens) : f.Value));
                await writer.WriteAsync($"---\n{Line("title", row.Text.Title)}{string.Concat(facts)}---\n\n{ExchangeFile.Beside(row.Text.Body, tokens)}\n");
            }
        }

        file.Position = 0;
        return file;

        // A string of JSON is a double-quoted scalar of YAML.
        static string Line(string name, string value) => $"{name}: {(value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? value : JsonSerializer.Serialize(value, Json))}\n";
    }

    private static async Task<List<Row>> RowsAsync(DeskDb db, CancellationToken ct)
    {
        var topics = await db.Set<Topic>().AsNoTracking().ToDictionaryAsync(t => t.Id, ct);
        var articles = await db.Set<Article>().AsNoTracking().Include(a => a.Texts).OrderBy(a => a.Number).ToListAsync(ct);
        var owners = articles.Select(a => a.OwnerId).Distinct().ToList();
        var people = await db.Users.Where(u => u.Email != null && owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Email!, ct);
        // The original first: whoever reads the file has it before its translations.
        return [.. articles.SelectMany(a => a.Texts.OrderBy(t => t.Language == a.Language ? 0 : 1).ThenBy(t => t.Language, StringComparer.Ordinal)
            .Select(t => new Row(a, t, PathOf(a.TopicId), a.OwnerId is { } owner ? people.GetValueOrDefault(owner, "") : "")))];

        List<Topic> PathOf(Guid? id)
        {
            var path = new List<Topic>();
            while (id is { } at && path.Count < 8 && topics.TryGetValue(at, out var topic))
            {
                path.Insert(0, topic);
                id = topic.ParentId;
            }

            return path;
        }
    }

    private async Task<List<ExchangeFile>> FilesAsync(DeskDb db, IReadOnlyCollection<string> tokens, CancellationToken ct)
    {
        var found = new List<ExchangeFile>();
        var rows = tokens.Count == 0 ? [] : await db.Set<Attachment>().AsNoTracking().Where(a => tokens.Contains(a.Token)).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(ct);
        foreach (var row in rows)
        {
            if (await store.OpenAsync(row.Sha256, ct) is { } content)
            {
                await using (content)
                {
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes, ct);
                    found.Add(ExchangeFile.Ours(row.Token, row.Name is "." or ".." ? "file" : row.Name, bytes.ToArray(), row.MediaType));
                }
            }
        }

        return found;
    }

    private static FileStream Temporary()
        => new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
