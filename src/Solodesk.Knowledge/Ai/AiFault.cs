using System.Net;
using System.Net.Sockets;

namespace Solodesk.Knowledge.Ai;

/// <summary>Why a call came to nothing, as words that the phrases <c>ai.fault.…</c> explain.</summary>
internal static class AiFault
{
    public const string Off = "off";
    public const string Spent = "spent";
    public const string Masking = "masking";
    public const string Sealed = "sealed";
    public const string Address = "address";
    public const string Slow = "slow";
    public const string Left = "left";
    public const string Shape = "shape";
    public const string Cut = "cut";

    public static IReadOnlyList<string> All { get; } = [Off, Spent, Masking, Sealed, Address, Slow, Left, Shape, Cut, "name", "refused", "tls", "broken", "key", "limit", "request", "server"];

    public static string Of(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => "key",
        404 or 405 => Address,
        402 or 429 => "limit",
        408 or 504 => Slow,
        >= 500 => "server",
        >= 400 => "request",
        _ => Shape,
    };

    public static string Of(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or HttpRequestException { InnerException: SocketException } => "refused",
        HttpRequestException or IOException => "broken",
        OperationCanceledException => Slow,
        UriFormatException or NotSupportedException => Address,
        _ => Shape,
    };
}
