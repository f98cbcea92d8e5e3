using System.Net;
using System.Web;
using Solodesk.Mail.Net;
using Solodesk.Mail.OAuth;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.OAuth;

public sealed class OAuthClientTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly OAuthServer _server = new();
    private readonly ManualClock _clock = new(Start);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OAuthClient Client => new(_http, Provider, new("app", "app-secret", new("https://desk.example.com/oauth/callback")), TimeProvider.System);

    private OAuthProvider Provider => new("Test", new(_server.Address, "authorize"), new(_server.Address, "token"), ["mail", "offline"], [new("prompt", "consent")]);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_and_the_code_becomes_access()
    {
        var signIn = Client.BeginSignIn("desk@example.com");
        var code = Client.ReadCallback(await AgreeAsync(signIn), signIn);

        var tokens = await Client.ExchangeAsync(code, signIn, Ct);

        Assert.StartsWith("access-", tokens.AccessToken, StringComparison.Ordinal);
        Assert.Equal("refresh-0", tokens.RefreshToken);
        Assert.InRange(tokens.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(3570), TimeSpan.FromSeconds(3599));
        var query = HttpUtility.ParseQueryString(signIn.Url.Query);
        Assert.Equal("desk@example.com", query["login_hint"]);
        Assert.Equal("mail offline", query["scope"]);
        Assert.Equal("consent", query["prompt"]);
        Assert.DoesNotContain(signIn.CodeVerifier, signIn.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain(tokens.AccessToken, tokens.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_the_verifier_and_only_once()
    {
        var signIn = Client.BeginSignIn(null);
        var stolen = Client.ReadCallback(await AgreeAsync(signIn), signIn);
        var thief = Client.BeginSignIn(null);
        Assert.Equal(MailConnectionReason.OAuthExpired, (await Assert.ThrowsAsync<MailConnectionException>(() => Client.ExchangeAsync(stolen, thief, Ct))).Reason);

        var code = Client.ReadCallback(await AgreeAsync(signIn), signIn);
        await Client.ExchangeAsync(code, signIn, Ct);
        await Assert.ThrowsAsync<MailConnectionException>(() => Client.ExchangeAsync(code, signIn, Ct));
    }

    [Fact]
    public void A_callback_with_another_state_or_an_error_is_refused()
    {
        var signIn = Client.BeginSignIn(null);

        Assert.Equal(MailConnectionReason.Protocol, Assert.Throws<MailConnectionException>(() =>
            Client.ReadCallback([new("state", "other"), new("code", "x")], signIn)).Reason);
        var denied = Assert.Throws<MailConnectionException>(() =>
            Client.ReadCallback([new("state", signIn.State), new("error", "access_denied"), new("error_description", "The user said no")], signIn));
        Assert.Equal((MailConnectionReason.OAuthExpired, "The user said no"), (denied.Reason, denied.ServerWords));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Access_is_refreshed_once_for_all_who_wait_and_only_when_it_is_over(bool rotates)
    {
        _server.Rotates = rotates;
        _server.ValidRefreshToken = "refresh-0";
        var client = new OAuthClient(_http, Provider, new("app", "app-secret", new("https://d.example/cb")), new RealTimersAt(_clock));
        var kept = new List<OAuthTokens>();
        using var source = new OAuthTokenSource(client, new("old", "refresh-0", Start.AddHours(1), ""), _clock, (tokens, _) =>
        {
            kept.Add(tokens);
            return Task.CompletedTask;
        });

        Assert.Equal("old", await source.GetAsync(Ct));
        _clock.Move(TimeSpan.FromMinutes(59));
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => source.GetAsync(Ct).AsTask()));
        Assert.Single(all.Distinct());
        Assert.Equal(1, _server.TokenRequests);
        Assert.Equal(rotates ? _server.ValidRefreshToken : "refresh-0", Assert.Single(kept).RefreshToken);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(3599), source.Current.ExpiresAt);
        _clock.Move(TimeSpan.FromHours(1));
        Assert.NotEqual(all[0], await source.GetAsync(Ct));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"revoked"}""", MailConnectionReason.OAuthExpired)]
    [InlineData(400, """{"error":"interaction_required"}""", MailConnectionReason.OAuthExpired)]
    [InlineData(401, """{"error":"invalid_client"}""", MailConnectionReason.OAuthClientRefused)]
    [InlineData(503, "<html>busy</html>", MailConnectionReason.ServerBusy)]
    [InlineData(429, """{"error":"slow_down"}""", MailConnectionReason.ServerBusy)]
    [InlineData(200, "<html>a captive portal</html>", MailConnectionReason.Protocol)]
    [InlineData(200, """["list"]""", MailConnectionReason.Protocol)]
    [InlineData(200, """{"token_type":"Bearer"}""", MailConnectionReason.Protocol)]
    public async Task Each_refusal_has_its_reason(int status, string body, MailConnectionReason expected)
    {
        _server.Instead = (status, body);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => Client.RefreshAsync(new("a", "r", Start, ""), Ct));

        Assert.Equal(expected, failure.Reason);
    }

    [Fact]
    public async Task An_expired_application_secret_is_told_from_expired_access()
    {
        _server.ClientSecret = "renewed";

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => Client.RefreshAsync(new("a", "r", Start, ""), Ct));

        Assert.Equal(MailConnectionReason.OAuthClientRefused, failure.Reason);
        Assert.Contains("AADSTS7000222", failure.ServerWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_a_connection_failure()
    {
        var nowhere = new Uri($"http://127.0.0.1:{TestServers.FreePort()}/");
        var client = new OAuthClient(_http, new("Test", nowhere, nowhere, [], []), new("app", null, nowhere), TimeProvider.System);

        Assert.Equal(MailConnectionReason.PortRefused, (await Assert.ThrowsAsync<MailConnectionException>(() => client.RefreshAsync(new("a", "r", Start, ""), Ct))).Reason);
        Assert.Throws<ArgumentException>(() => new OAuthClient(_http, new("Test", new("http://example.com/"), new("http://example.com/"), [], []), new("app", null, nowhere), _clock));
    }

    [Fact]
    public void A_secret_that_ends_is_warned_of_a_month_before()
    {
        var application = new OAuthApplication("app", "s3cret", new("https://d.example/"), Start.AddDays(60));

        Assert.Equal(OAuthSecretState.Valid, application.SecretState(Start));
        Assert.Equal(OAuthSecretState.ExpiresSoon, application.SecretState(Start.AddDays(30)));
        Assert.Equal(OAuthSecretState.Expired, application.SecretState(Start.AddDays(60)));
        Assert.Equal(OAuthSecretState.Unlimited, (application with { SecretExpiresAt = null }).SecretState(Start));
        Assert.DoesNotContain("s3cret", application.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_known_providers_are_asked_for_mail_and_for_lasting_access()
    {
        Assert.Contains("https://mail.google.com/", OAuthProvider.Gmail.Scopes);
        Assert.Contains(new("access_type", "offline"), OAuthProvider.Gmail.Parameters);
        Assert.Contains("offline_access", OAuthProvider.Microsoft365().Scopes);
        Assert.Equal("/contoso.com/oauth2/v2.0/token", OAuthProvider.Microsoft365("contoso.com").TokenEndpoint.AbsolutePath);
    }

    private async Task<List<KeyValuePair<string, string>>> AgreeAsync(OAuthSignIn signIn)
    {
        using var response = await _http.SendAsync(new(HttpMethod.Get, signIn.Url), Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var query = HttpUtility.ParseQueryString(response.Headers.Location!.Query);
        return [.. query.AllKeys.Select(key => new KeyValuePair<string, string>(key!, query[key]!))];
    }

    /// <summary>Tells the time of a manual clock and runs timers for real.</summary>
    private sealed class RealTimersAt(ManualClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
