using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Api;

/// <summary>Versions as entity tags (RFC 9110 §8.8.3, §13.1.1): <c>ETag: "7"</c> out, <c>If-Match: "7"</c> in.</summary>
internal static class EntityTag
{
    public static void Write(HttpContext context, long version)
        => context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that the caller has seen; null when they do not mind; -1, which no row has, when it makes no sense.</summary>
    public static long? Asked(HttpRequest request)
    {
        var given = request.Headers.IfMatch.ToString().Trim();
        return given is "" or "*" ? null
            : long.TryParse(given.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
            : -1;
    }
}
