using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Exchange.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Articles in and out, as files.</summary>
internal sealed class ExchangeEndpoints : IEndpoints
{
    private const long Largest = 100_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var exchange = routes.MapGroup("/knowledge/exchange").RequireAuthorization(SignIn.OwnerPolicy).ExcludeFromDescription();
        exchange.MapPost("", ImportAsync);
        exchange.MapGet("/articles.csv", CsvAsync);
        exchange.MapGet("/articles.zip", ZipAsync);
    }

    private static async Task<IResult> ImportAsync([FromForm] IFormCollection form, HttpContext context, ImportArticles import, CancellationToken ct)
    {
        var file = form.Files.FirstOrDefault(f => f.Length > 0);
        if (file is null || file.Length > Largest)
        {
            return Refuse(form, new Problem(file is null ? "import.missing" : "import.too_large") { Field = "file" });
        }

        IReadOnlyList<ReadImport.Piece> pieces;
        try
        {
            await using var content = file.OpenReadStream();
            pieces = ReadImport.Read(file.FileName, content);
        }
        catch (InvalidDataException)
        {
            return Refuse(form, new Problem("import.unknown") { Field = "file" });
        }

        var done = await import.RunAsync(context.User.ToActor(), pieces, form.ContainsKey("publish"), ct);
        return done.Ok
            ? Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/knowledge/exchange?added={done.Value.Added}&changed={done.Value.Changed}&same={done.Value.Same}"))
            : Refuse(form, done.Problem);
    }

    private static async Task<IResult> CsvAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var csv = new StringBuilder("\uFEFF").Append(Csv.Write("question", "answer", "language", "topic", "tags", "state", "article"));
        foreach (var (article, text, topic) in await AllAsync(dbs, ct))
        {
            csv.Append(Csv.Write(text.Title, text.Body, text.Language, topic, string.Join('|', article.Tags), StateOf(article), article.Number.ToString(CultureInfo.InvariantCulture)));
        }

        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "articles.csv");
    }

    private static async Task<IResult> ZipAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (article, text, topic) in await AllAsync(dbs, ct))
            {
                var folder = Slug.Of(topic) is { Length: > 0 } slug ? slug : "articles";
                await using var writer = new StreamWriter(zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{folder}/{article.Number}-{Slug.Of(text.Title)}.{Tongue.Short(text.Language)}.md")).Open(), new UTF8Encoding(false));
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                    $"---\ntitle: {text.Title.ReplaceLineEndings(" ")}\nlanguage: {text.Language}\ntopic: {topic}\ntags: {string.Join(", ", article.Tags)}\nstate: {StateOf(article)}\narticle: {article.Number}\n---\n\n{text.Body}\n"));
            }
        }

        return Results.File(bytes.ToArray(), "application/zip", "articles.zip");
    }

    private static async Task<List<(Article Article, ArticleText Text, string Topic)>> AllAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var topics = await db.Set<Topic>().AsNoTracking().ToDictionaryAsync(t => t.Id, ct);
        var articles = await db.Set<Article>().AsNoTracking().Include(a => a.Texts).OrderBy(a => a.Number).ToListAsync(ct);
        return [.. articles.SelectMany(a => a.Texts.Where(t => t.Title.Length > 0).Select(t => (a, t, a.TopicId is { } id && topics.TryGetValue(id, out var topic) ? topic.Name(a.Language) : "")))];
    }

    private static string StateOf(Article article) => article.State.ToString().ToLowerInvariant();

    private static IResult Refuse(IFormCollection form, Problem problem)
        => PageResult.Of<ExchangePage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
