using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;

namespace Solodesk.Tests.Agents;

public sealed class AccountTests
{
    [Fact]
    public async Task A_changed_language_and_name_show_on_the_next_page()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        await browser.FillAsync("/account", "/account/profile", ("name", "周小野"), ("language", "zh-Hans"), ("theme", "dark"), ("zone", ""), ("signature", "— 小野"));
        await browser.OpenAsync("/account");
        Assert.Contains("你的账号", browser.Text, StringComparison.Ordinal);
        Assert.Contains("周小野", browser.Text, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_signs_every_other_browser_out()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        var other = await app.SignInAsync();
        await browser.FillAsync("/account", "/account/password", ("current", Founders.Password), ("password", "another calm sea"));
        Assert.StartsWith("/signin", (await other.OpenAsync("/account")).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.SignInAsync()).Status);
        Assert.Equal("/", (await app.SignInAsync("another calm sea")).To);
    }

    [Fact]
    public async Task A_password_changes_only_for_somebody_who_knows_the_old_one()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        await browser.FillAsync("/account", "/account/password", ("current", "a guess"), ("password", "another calm sea"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("f-current-why", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_time_codes_on_the_password_alone_does_not_open()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        var (secret, codes) = await TurnOnAsync(browser);

        var second = await app.SignInAsync();
        Assert.StartsWith("/signin/code", second.To, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await second.OpenAsync("/account")).To, StringComparison.Ordinal);
        await second.FillAsync("/signin/code", "/signin/code", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        await second.PostAsync("/signin/code", ("code", Totp(secret)));
        Assert.Equal("/", second.To);

        var third = await app.SignInAsync();
        await third.FillAsync("/signin/code", "/signin/code", ("code", codes[0].ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)));
        Assert.Equal("/", third.To);
        var fourth = await app.SignInAsync();
        await fourth.FillAsync("/signin/code", "/signin/code", ("code", codes[0]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, fourth.Status);
    }

    [Fact]
    public async Task The_secret_of_one_time_codes_is_not_readable_in_the_database()
    {
        await using var app = new DeskApp(realSignIn: true);
        var (secret, codes) = await TurnOnAsync(await app.FoundAsync());
        var stored = await app.ReadAsync(db => db.UserTokens.Select(t => t.Value).ToListAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, v => v!.Contains(secret, StringComparison.Ordinal) || v.Contains(codes[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passkey_form_without_a_passkey_is_refused_in_words()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await founder.FillAsync("/account", "/account/passkeys", ("name", "phone"), ("credential", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
    }

    [Fact]
    public async Task Somebody_invited_chooses_a_password_behind_a_link_that_works_once()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await founder.FillAsync("/settings/agents", "/settings/agents/invite", ("name", "林晓棠"), ("email", "lin@driftnote.example"), ("role", "Viewer"));
        Assert.Equal(HttpStatusCode.OK, founder.Status);
        var at = founder.Text.IndexOf("/welcome?token=", StringComparison.Ordinal);
        var link = founder.Text[at..founder.Text.IndexOf('"', at)];

        var guest = await new WebBrowser(app).OpenAsync(link);
        Assert.Contains("lin@driftnote.example", guest.Text, StringComparison.Ordinal);
        var token = Uri.UnescapeDataString(link["/welcome?token=".Length..]);
        await guest.PostAsync("/welcome", ("token", token), ("password", "a password of hers"));
        Assert.Equal("/", guest.To);
        // A viewer may look at the desk, not at its settings.
        Assert.StartsWith("/denied", (await guest.OpenAsync("/settings/agents")).To, StringComparison.Ordinal);

        var again = await new WebBrowser(app).OpenAsync(link);
        Assert.Contains("used already", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_owner_stays_owner()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        var id = await app.ReadAsync(db => db.Users.Select(a => a.Id).SingleAsync(TestContext.Current.CancellationToken));
        await founder.FillAsync("/settings/agents", $"/settings/agents/{id}/role", ("role", nameof(Role.Agent)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        await founder.FillAsync("/settings/agents", $"/settings/agents/{id}/active", ("active", "false"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
    }

    [Fact]
    public async Task A_token_made_in_the_settings_works_until_it_is_revoked()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await founder.FillAsync("/settings/tokens", "/settings/tokens", ("name", "reports"), ("scopes", "tickets:read"));
        var at = founder.Text.IndexOf("class=\"in mono\" readonly value=\"", StringComparison.Ordinal) + "class=\"in mono\" readonly value=\"".Length;
        var secret = founder.Text[at..founder.Text.IndexOf('"', at)];
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, secret));
        var id = await app.ReadAsync(db => db.Set<Solodesk.Agents.ApiToken>().Select(t => t.Id).SingleAsync(TestContext.Current.CancellationToken));
        await founder.FillAsync("/settings/tokens", "/settings/tokens/revoke", ("id", id.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, secret));
    }

    private static async Task<HttpStatusCode> AskAsync(DeskApp app, string secret)
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await client.GetAsync(new Uri("/api/v1/tickets", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_browser_signed_in_a_while_ago_must_show_who_it_is_before_a_way_in_is_added()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        browser.With("Origin", "http://localhost");
        await browser.OpenAsync("/account");
        Assert.DoesNotContain("pk-current", browser.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(20));

        // A passkey: neither the options for one nor the key itself.
        await browser.OpenAsync("/account");
        Assert.Contains("pk-current", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/account/passkeys/options", ("current", "a guess"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("This is not your current password", browser.Text, StringComparison.Ordinal);
        await browser.FillAsync("/account", "/account/passkeys/options", ("current", Founders.Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        var credential = SoftPasskey.Make(browser.Text);
        await browser.FillAsync("/account", "/account/passkeys", ("name", "phone"), ("credential", credential));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.FillAsync("/account", "/account/passkeys", ("name", "phone"), ("credential", credential), ("current", Founders.Password));
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);

        // One-time codes, and new recovery codes.
        await browser.OpenAsync("/account/two-step");
        Assert.Contains("f-current", browser.Text, StringComparison.Ordinal);
        var at = browser.Text.IndexOf("secret=", StringComparison.Ordinal) + "secret=".Length;
        var secret = browser.Text[at..browser.Text.IndexOf('&', at)];
        await browser.PostAsync("/account/two-step/on", ("code", Totp(secret)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.FillAsync("/account/two-step", "/account/two-step/on", ("code", Totp(secret)), ("current", Founders.Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.FillAsync("/account/two-step", "/account/two-step/codes");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("codes-current-why", browser.Text, StringComparison.Ordinal);
        await browser.FillAsync("/account/two-step", "/account/two-step/codes", ("current", Founders.Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    internal static async Task<(string Secret, List<string> Codes)> TurnOnAsync(WebBrowser browser)
    {
        await browser.OpenAsync("/account/two-step");
        var at = browser.Text.IndexOf("secret=", StringComparison.Ordinal) + "secret=".Length;
        var secret = browser.Text[at..browser.Text.IndexOf('&', at)];
        await browser.PostAsync("/account/two-step/on", ("code", Totp(secret)));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        var codes = browser.Text.Split("<li>").Skip(1).Select(l => l[..l.IndexOf('<', StringComparison.Ordinal)].Trim()).Where(l => l.Length == 11 && l[5] == '-').ToList();
        Assert.Equal(10, codes.Count);
        return (secret, codes);
    }

    /// <summary>RFC 6238 with its defaults: SHA-1, 30 seconds, six digits. Identity counts by the real clock.</summary>
    private static string Totp(string base32)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(base32.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // The algorithm that authenticator apps speak.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6");
    }
}
