using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Solodesk.Mail.Net;

/// <summary>The messages of the authentication mechanisms, in base64.</summary>
internal static class Sasl
{
    public static string Text(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>PLAIN (RFC 4616).</summary>
    public static string Plain(string user, string password) => Text($"\0{user}\0{password}");

    /// <summary>XOAUTH2, as Google and Microsoft describe it.</summary>
    public static string XOAuth2(string user, string token) => Text($"user={user}\u0001auth=Bearer {token}\u0001\u0001");

    /// <summary>OAUTHBEARER (RFC 7628 §3.1).</summary>
    public static string OAuthBearer(string user, string token, string host, int port)
    {
        var name = user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        return Text(string.Create(CultureInfo.InvariantCulture, $"n,a={name},\u0001host={host}\u0001port={port}\u0001auth=Bearer {token}\u0001\u0001"));
    }

    /// <summary>What the server's JSON says when it refuses a token (RFC 7628 §3.2.2); null when it cannot be read.</summary>
    public static string? BearerRefusal(string challenge)
    {
        try
        {
            var json = Encoding.UTF8.GetString(Convert.FromBase64String(challenge.Trim()));
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("status", out var status)
                ? $"status {status}"
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
