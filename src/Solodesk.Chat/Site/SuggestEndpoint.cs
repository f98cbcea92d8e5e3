using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Channels.Bot;
using Solodesk.Chat.Protocol;
using Solodesk.Common;

namespace Solodesk.Chat.Site;

/// <summary><c>GET /chat/suggest</c>: articles that may answer what a visitor is typing. It is looked up and not kept.</summary>
internal sealed class SuggestEndpoint : IEndpoints
{
    private const int Most = 3;
    private const int Longest = 1000;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/chat/suggest", FindAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> FindAsync(string? q, string? lang, HttpContext context, ChatGuard guard)
    {
        if (!await ChatSites.AllowAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var typed = (q ?? "").Trim();
        var found = typed.Length is > 1 and <= Longest && guard.MayLookUp(ChatGuard.AddressOf(context.Connection.RemoteIpAddress))
            ? context.RequestServices.GetService<IKnownAnswers>()?.Find(typed, lang, Most) : null;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json((found ?? []).Select(s => new { title = s.Title, url = s.Url }), ChatJson.Options);
    }
}
