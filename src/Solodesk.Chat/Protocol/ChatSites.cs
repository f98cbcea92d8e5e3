using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Chat.Settings;

namespace Solodesk.Chat.Protocol;

/// <summary>Whether the page that asks may; and the headers that tell its browser so.</summary>
internal static class ChatSites
{
    public static async Task<bool> AllowAsync(HttpContext context)
    {
        var settings = await context.RequestServices.GetRequiredService<Solodesk.Data.Settings>().ReadAsync<ChatSettings>(context.RequestAborted);
        var origin = context.Request.Headers.Origin.ToString();
        if (!AllowedSites.Allow(settings, origin, $"{context.Request.Scheme}://{context.Request.Host}"))
        {
            return false;
        }

        if (origin.Length > 0)
        {
            // No cookies are used and none are allowed: the token travels in the body.
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
        }

        return true;
    }
}
