using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Knowledge.Digest;

/// <summary>Asks for a summary or a translation; the page it came from shows what became of it.</summary>
internal sealed class DigestEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/inbox/{number:long}/summary", SummaryAsync).ExcludeFromDescription();
        routes.MapPost("/messages/{id:guid}/translate", TranslateAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SummaryAsync(long number, [FromForm] IFormCollection form, HttpContext context, SummarizeTicket summarize, CancellationToken ct)
    {
        var said = await summarize.RunAsync(context.User.ToActor(), number, TicketTranslations.Reader, ct);
        return said.Ok ? Back(form, said.Value.Length > 0 ? $"sum={said.Value}" : "") : Results.NotFound();
    }

    private static async Task<IResult> TranslateAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, TranslateMessage translate, CancellationToken ct)
    {
        var said = await translate.RunAsync(context.User.ToActor(), id, TicketTranslations.Reader, ct);
        return said.Ok ? Back(form, said.Value.Length > 0 ? $"tr={id}&said={said.Value}" : "") : Results.NotFound();
    }

    private static IResult Back(IFormCollection form, string query)
    {
        var back = form["back"].ToString().Split('?')[0];
        var path = back.StartsWith("/inbox/", StringComparison.Ordinal) && !back.Contains("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/inbox";
        return Results.LocalRedirect(query.Length > 0 ? $"{path}?{query}" : path);
    }
}
