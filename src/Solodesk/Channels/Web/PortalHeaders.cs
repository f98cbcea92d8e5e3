using Microsoft.AspNetCore.Http;

namespace Solodesk.Channels.Web;

/// <summary>Customers' pages are theirs: no index finds them, no other site learns their secret address, no cache keeps them.</summary>
internal static class PortalHeaders
{
    public static void Write(HttpResponse response)
    {
        if (response.HasStarted)
        {
            return;
        }

        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "private, no-store";
        if (!response.HttpContext.Request.Path.Equals("/contact", StringComparison.Ordinal))
        {
            response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        }
    }
}
