using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Solodesk.Mail.Tests.Servers;

/// <summary>
/// Plays the part of Google or Microsoft: an authorization page that agrees at once, and a token endpoint that checks what they check
/// (client, redirect, code used once, PKCE, refresh token).
/// </summary>
internal sealed class OAuthServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, NameValueCollection> _codes = [];
    private readonly Task _serving;
    private readonly HashSet<string> _granted = [];
    private int _count;

    public OAuthServer()
    {
        Address = new($"http://127.0.0.1:{TestServers.FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public string ClientSecret { get; set; } = "app-secret";

    /// <summary>Whose mailbox every token opens.</summary>
    public string User { get; set; } = "desk";

    public string? ValidRefreshToken { get; set; }

    /// <summary>Whether each refresh deals a new refresh token, as Microsoft does, or keeps the old one, as Google does.</summary>
    public bool Rotates { get; set; }

    /// <summary>What the token endpoint says instead of its own answer.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public int TokenRequests { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
                if (context.Request.Url!.AbsolutePath == "/introspect")
                {
                    // What a mail server asks about the token that it was shown (RFC 7662).
                    var active = _granted.Contains(form["token"] ?? "");
                    context.Response.ContentType = "application/json";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"active":{{(active ? "true" : "false")}},"username":"{{User}}"}"""));
                }
                else if (context.Request.Url!.AbsolutePath == "/authorize")
                {
                    Authorize(context);
                }
                else
                {
                    var (status, body) = Instead ?? Token(form);
                    TokenRequests++;
                    context.Response.StatusCode = status;
                    context.Response.ContentType = "application/json";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                }

                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private void Authorize(HttpListenerContext context)
    {
        var query = HttpUtility.ParseQueryString(context.Request.Url!.Query);
        var code = string.Create(CultureInfo.InvariantCulture, $"code-{++_count}");
        _codes[code] = query;
        context.Response.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private (int, string) Token(NameValueCollection form)
    {
        if (form["client_id"] != "app" || form["client_secret"] != ClientSecret)
        {
            return (401, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}""");
        }

        if (form["grant_type"] == "authorization_code")
        {
            if (!_codes.Remove(form["code"] ?? "", out var asked)
                || asked["redirect_uri"] != form["redirect_uri"]
                || asked["code_challenge_method"] != "S256"
                || asked["code_challenge"] != Challenge(form["code_verifier"] ?? ""))
            {
                return (400, """{"error":"invalid_grant","error_description":"Malformed auth code."}""");
            }

            ValidRefreshToken = "refresh-0";
            return Granted(ValidRefreshToken);
        }

        if (form["grant_type"] != "refresh_token" || form["refresh_token"] != ValidRefreshToken)
        {
            return (400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""");
        }

        if (!Rotates)
        {
            return Granted(null);
        }

        ValidRefreshToken = string.Create(CultureInfo.InvariantCulture, $"refresh-{++_count}");
        return Granted(ValidRefreshToken);
    }

    private (int, string) Granted(string? refresh)
    {
        var access = string.Create(CultureInfo.InvariantCulture, $"access-{++_count}");
        _granted.Add(access);
        return (200, $$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":3599,"scope":"mail"{{(refresh is null ? "" : $",\"refresh_token\":\"{refresh}\"")}}}""");
    }

    /// <summary>An access token as if it had been dealt.</summary>
    public string Deal()
    {
        var access = string.Create(CultureInfo.InvariantCulture, $"access-{++_count}");
        _granted.Add(access);
        return access;
    }

    private static string Challenge(string verifier) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
