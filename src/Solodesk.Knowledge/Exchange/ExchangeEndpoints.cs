using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
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
        return !done.Ok ? Refuse(form, done.Problem)
            : done.Value.Remarks.Count > 0 ? PageResult.Of<ExchangePage>(new Dictionary<string, object?> { [nameof(ExchangePage.Outcome)] = done.Value })
            : Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/knowledge/exchange?added={done.Value.Added}&changed={done.Value.Changed}&same={done.Value.Same}"));
    }

    private static async Task<IResult> CsvAsync(ExportArticles export, CancellationToken ct) => Results.File(await export.CsvAsync(ct), "text/csv; charset=utf-8", "articles.csv");

    private static async Task<IResult> ZipAsync(ExportArticles export, CancellationToken ct) => Results.File(await export.ZipAsync(ct), "application/zip", "articles.zip");

    private static IResult Refuse(IFormCollection form, Problem problem)
        => PageResult.Of<ExchangePage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
