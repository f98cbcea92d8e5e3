using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Solodesk.Common;

/// <summary>
/// Tells whether a request comes from somebody who sits at this machine. Everything must agree: both ends of the connection are loopback,
/// the browser asked for a loopback name (a rebound DNS name does not), and nothing says that a proxy stands between.
/// </summary>
public static class LocalVisit
{
    // X-Original-…: what the forwarded-headers middleware leaves of a header that it has taken over.
    private static readonly string[] Forwarded =
        ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Real-IP", "X-Original-For", "X-Original-Host", "X-Original-Proto", "CF-Connecting-IP", "True-Client-IP"];

    public static bool Is(HttpContext context)
    {
        var connection = context.Connection;
        return connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && (connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local))
            && IsLoopbackName(context.Request.Host.Host)
            && OriginIsLoopback(context.Request.Headers.Origin)
            // Browsers have spoken 1.1 or newer since long ago; plain reverse proxies often speak 1.0 to what stands behind them.
            && !HttpProtocol.IsHttp10(context.Request.Protocol)
            && !Forwarded.Any(context.Request.Headers.ContainsKey);
    }

    private static bool OriginIsLoopback(StringValues origin)
        => StringValues.IsNullOrEmpty(origin) || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopbackName(uri.Host));

    private static bool IsLoopbackName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
