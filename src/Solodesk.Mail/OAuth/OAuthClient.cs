using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Solodesk.Mail.Net;

namespace Solodesk.Mail.OAuth;

/// <summary>Gets and renews access to a mailbox: authorization code with PKCE (RFC 6749 §4.1, RFC 7636), then refresh (§6).</summary>
public sealed class OAuthClient
{
    private const int MaxResponse = 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http;
    private readonly OAuthProvider _provider;
    private readonly OAuthApplication _application;
    private readonly TimeProvider _clock;

    /// <summary>A client for one application at one provider.</summary>
    /// <param name="http">Sends requests; an HttpClient fits.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="application">The application.</param>
    /// <param name="clock">Tells when access ends.</param>
    /// <exception cref="ArgumentException">An endpoint is neither https nor on this machine.</exception>
    public OAuthClient(HttpMessageInvoker http, OAuthProvider provider, OAuthApplication application, TimeProvider clock)
    {
        foreach (var endpoint in new[] { provider.AuthorizationEndpoint, provider.TokenEndpoint })
        {
            if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
            {
                throw new ArgumentException($"{endpoint} is not https.", nameof(provider));
            }
        }

        (_http, _provider, _application, _clock) = (http, provider, application, clock);
    }

    /// <summary>Begins a sign-in.</summary>
    /// <param name="loginHint">The address that the person should choose; null leaves it to them.</param>
    public OAuthSignIn BeginSignIn(string? loginHint)
    {
        var state = Random(24);
        var verifier = Random(48); // 64 characters; RFC 7636 §4.1 wants 43 to 128
        var challenge = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        List<KeyValuePair<string, string>> query =
        [
            new("response_type", "code"),
            new("client_id", _application.ClientId),
            new("redirect_uri", _application.RedirectUri.OriginalString),
            new("scope", string.Join(' ', _provider.Scopes)),
            new("state", state),
            new("code_challenge", challenge),
            new("code_challenge_method", "S256"),
            .. _provider.Parameters,
        ];
        if (!string.IsNullOrEmpty(loginHint))
        {
            query.Add(new("login_hint", loginHint));
        }

        var text = string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return new(new UriBuilder(_provider.AuthorizationEndpoint) { Query = text }.Uri, state, verifier);
    }

    /// <summary>Reads what the provider sent the person back with, and checks that they left from here.</summary>
    /// <param name="query">The query of the redirect, as names and values.</param>
    /// <param name="signIn">What <see cref="BeginSignIn"/> gave.</param>
    /// <returns>The code for <see cref="ExchangeAsync"/>.</returns>
    /// <exception cref="MailConnectionException">With reason Protocol when the state is another; OAuthExpired when the person or the provider said no.</exception>
    public string ReadCallback(IEnumerable<KeyValuePair<string, string>> query, OAuthSignIn signIn)
    {
        var values = query.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        var state = Encoding.UTF8.GetBytes(values.GetValueOrDefault("state", ""));
        if (!CryptographicOperations.FixedTimeEquals(state, Encoding.UTF8.GetBytes(signIn.State)))
        {
            throw Failure(MailConnectionReason.Protocol, "The sign-in was begun elsewhere, or twice.");
        }

        if (values.TryGetValue("error", out var error))
        {
            var words = values.GetValueOrDefault("error_description", error);
            throw Failure(Reason(error, HttpStatusCode.BadRequest), $"The provider refused: {error}", words);
        }

        return values.TryGetValue("code", out var code) && code.Length > 0 ? code : throw Failure(MailConnectionReason.Protocol, "The provider sent no code.");
    }

    /// <summary>Turns a code into access.</summary>
    /// <exception cref="MailConnectionException">The provider refused or cannot be reached.</exception>
    public Task<OAuthTokens> ExchangeAsync(string code, OAuthSignIn signIn, CancellationToken ct) => AskAsync(
    [
        new("grant_type", "authorization_code"),
        new("code", code),
        new("redirect_uri", _application.RedirectUri.OriginalString),
        new("code_verifier", signIn.CodeVerifier),
    ], null, ct);

    /// <summary>Gets new access with the refresh token. A provider may deal a new refresh token; the old one stays when it does not.</summary>
    /// <exception cref="MailConnectionException">With reason OAuthExpired when a person must sign in again, OAuthClientRefused when the application's secret is wrong or over.</exception>
    public Task<OAuthTokens> RefreshAsync(OAuthTokens tokens, CancellationToken ct) => tokens.RefreshToken is not { } refresh
        ? throw Failure(MailConnectionReason.OAuthExpired, "There is no refresh token.")
        : AskAsync([new("grant_type", "refresh_token"), new("refresh_token", refresh)], refresh, ct);

    private async Task<OAuthTokens> AskAsync(List<KeyValuePair<string, string>> form, string? refreshToken, CancellationToken ct)
    {
        form.Add(new("client_id", _application.ClientId));
        if (_application.ClientSecret is { } secret)
        {
            form.Add(new("client_secret", secret));
        }

        using var timeout = new CancellationTokenSource(Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _provider.TokenEndpoint) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Accept.ParseAdd("application/json");
            var asked = _clock.GetUtcNow();
            using var response = await _http.SendAsync(request, either.Token);
            using var json = await ReadAsync(response, either.Token);
            return response.IsSuccessStatusCode ? Tokens(json.RootElement, asked, refreshToken) : throw Refusal(response.StatusCode, json.RootElement);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure(MailConnectionReason.TimedOut, "The provider did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            throw Failure(e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => MailConnectionReason.NameNotResolved,
                HttpRequestError.SecureConnectionError => MailConnectionReason.TlsFailed,
                HttpRequestError.ConnectionError => e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                    ? MailConnectionReason.PortRefused
                    : MailConnectionReason.PortBlocked,
                _ => MailConnectionReason.ConnectionLost,
            }, e.Message, inner: e);
        }
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MaxResponse];
        var length = await body.ReadAtLeastAsync(buffer, MaxResponse, throwOnEndOfStream: false, ct);
        try
        {
            var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new JsonException("No object.");
        }
        catch (JsonException e)
        {
            throw Failure(
                (int)response.StatusCode is 429 or >= 500 ? MailConnectionReason.ServerBusy : MailConnectionReason.Protocol,
                $"The provider answered {(int)response.StatusCode} with something that is not JSON.", inner: e);
        }
    }

    private OAuthTokens Tokens(JsonElement json, DateTimeOffset asked, string? refreshToken)
    {
        if (Text(json, "access_token") is not { Length: > 0 } access)
        {
            throw Failure(MailConnectionReason.Protocol, "The provider gave no access token.");
        }

        // Without expires_in (RFC 6749 §5.1 only recommends it) an hour is what all providers give. Some send it as text.
        var seconds = json.TryGetProperty("expires_in", out var value) && double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var given)
            ? Math.Clamp(given, 0, TimeSpan.FromDays(365).TotalSeconds)
            : 3600;
        return new(access, Text(json, "refresh_token") ?? refreshToken, asked.AddSeconds(seconds), Text(json, "scope") ?? "");
    }

    private MailConnectionException Refusal(HttpStatusCode status, JsonElement json)
    {
        var error = Text(json, "error") ?? "";
        var words = Text(json, "error_description") ?? error;
        return Failure(Reason(error, status), $"The provider answered {(int)status} {error}", words);
    }

    private static MailConnectionReason Reason(string error, HttpStatusCode status) => error switch
    {
        "invalid_client" or "unauthorized_client" => MailConnectionReason.OAuthClientRefused,
        "invalid_grant" or "interaction_required" or "consent_required" or "login_required" or "access_denied" => MailConnectionReason.OAuthExpired,
        "temporarily_unavailable" or "server_error" or "slow_down" => MailConnectionReason.ServerBusy,
        _ when (int)status is 429 or >= 500 => MailConnectionReason.ServerBusy,
        _ when status is HttpStatusCode.Unauthorized => MailConnectionReason.OAuthClientRefused,
        _ => MailConnectionReason.CommandRefused,
    };

    private MailConnectionException Failure(MailConnectionReason reason, string message, string? words = null, Exception? inner = null) =>
        new(reason, $"{_provider.Name}: {message}", inner)
        {
            Host = _provider.TokenEndpoint.Host,
            Port = _provider.TokenEndpoint.Port,
            ServerWords = words,
        };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Random(int bytes) => Base64Url(RandomNumberGenerator.GetBytes(bytes));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
