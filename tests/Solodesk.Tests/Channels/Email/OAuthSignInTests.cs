using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.OAuth;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>A mailbox without a password: the provider's sign-in, played by a local server, with a real Dovecot behind it.</summary>
public sealed partial class OAuthSignInTests
{
    private static readonly HttpClientHandler Stays = new() { AllowAutoRedirect = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_is_connected_by_the_providers_sign_in_reads_and_sends()
    {
        await using var stage = await Stage.StartAsync();
        var (desk, browser) = (stage.Desk, stage.Desk.Desk("en"));
        var page = await browser.PageAsync("/settings/channels/new");
        Assert.Contains("Sign in with Google", page, StringComparison.Ordinal);
        Assert.Contains("http://localhost/oauth/callback", page, StringComparison.Ordinal);

        var leaving = await stage.BeginAsync(browser, page, ("gmail_client", "app"), ("gmail_secret", "app-secret"));
        var back = await stage.AgreeAsync(leaving);
        var answer = await browser.GetAsync(back, Ct);

        Assert.Equal("/settings/channels", answer.Headers.Location?.OriginalString);
        var mailbox = await stage.MailboxAsync();
        Assert.Equal(("gmail", "desk@driftnote.app", ""), (mailbox.OAuth, mailbox.Address, mailbox.Secret));
        Assert.DoesNotContain("access-", mailbox.OAuthTokens, StringComparison.Ordinal);
        Assert.DoesNotContain("app-secret", await desk.ReadAsync(db => db.Set<Solodesk.Data.Setting>().Where(s => s.Name == nameof(OAuthSettings)).Select(s => s.Json).SingleAsync(Ct)), StringComparison.Ordinal);
        Assert.Contains("By Google’s sign-in", (await browser.PageAsync($"/settings/channels/{mailbox.Id}")).Words(), StringComparison.Ordinal);

        await stage.Dovecot.DeliverAsync("desk@driftnote.app", Mails.Of(date: TimeProvider.System.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture)), Ct);
        var ticket = await SoonAsync(() => desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().FirstOrDefaultAsync(Ct)));
        await desk.AnswerAsync(ticket.Id);
        await SoonAsync(() => Task.FromResult(stage.Smtp.Accepted() is { Count: 2 } both ? both : null));
    }

    [Fact]
    public async Task Access_that_ran_out_is_renewed_and_what_the_provider_deals_anew_is_kept()
    {
        await using var stage = await Stage.StartAsync();
        await stage.ConnectAsync();
        stage.OAuth.Rotates = true;
        var before = (await stage.MailboxAsync()).OAuthTokens;
        stage.Desk.Clock.Advance(TimeSpan.FromHours(2));

        var tested = await stage.Desk.Get<TestMailbox>().RunAsync(stage.Desk.Founder, await stage.RequestAsync(), Ct);

        Assert.True(tested.Value.Ok, $"{tested.Value}");
        Assert.NotEqual(before, (await stage.MailboxAsync()).OAuthTokens);
        // The next one uses what was kept.
        stage.Desk.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await stage.Desk.Get<TestMailbox>().RunAsync(stage.Desk.Founder, await stage.RequestAsync(), Ct)).Value.Ok);
    }

    [Fact]
    public async Task A_withdrawn_permission_and_an_ended_secret_are_told_apart_and_signing_in_again_mends_it()
    {
        await using var stage = await Stage.StartAsync();
        await stage.ConnectAsync();
        stage.OAuth.ValidRefreshToken = "another";
        stage.Desk.Clock.Advance(TimeSpan.FromHours(2));
        var withdrawn = await stage.Desk.Get<TestMailbox>().RunAsync(stage.Desk.Founder, await stage.RequestAsync(), Ct);
        Assert.Equal(nameof(MailConnectionReason.OAuthExpired), withdrawn.Value.Imap.Reason);

        stage.OAuth.ClientSecret = "new-secret";
        var ended = await stage.Desk.Get<TestMailbox>().RunAsync(stage.Desk.Founder, await stage.RequestAsync(), Ct);
        Assert.Equal(nameof(MailConnectionReason.OAuthClientRefused), ended.Value.Smtp.Reason);

        var browser = stage.Desk.Desk("en");
        var channels = await browser.PageAsync("/settings/channels");
        var saved = await PostAsync(browser, channels, "/settings/channels/oauth", ("provider", "gmail"), ("gmail_client", "app"), ("gmail_secret", "new-secret"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var id = (await stage.MailboxAsync()).Id;
        var leaving = await stage.BeginAsync(browser, await browser.PageAsync($"/settings/channels/{id}"), ("mailbox", id.ToString()));
        var answer = await browser.GetAsync(await stage.AgreeAsync(leaving), Ct);
        Assert.Equal("/settings/channels", answer.Headers.Location?.OriginalString);
        Assert.True((await stage.Desk.Get<TestMailbox>().RunAsync(stage.Desk.Founder, await stage.RequestAsync(), Ct)).Value.Ok);
        Assert.Equal(1, await stage.Desk.ReadAsync(db => db.Set<Mailbox>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Saying_no_or_coming_back_with_another_state_connects_nothing_and_says_so()
    {
        await using var stage = await Stage.StartAsync();
        var browser = stage.Desk.Desk("en");
        foreach (var (query, words) in new[] { ("error=access_denied&error_description=The+owner+said+no&state=STATE", "The sign-in was not completed: The owner said no"), ("code=code-1&state=forged", "The sign-in did not work") })
        {
            var leaving = await stage.BeginAsync(browser, await browser.PageAsync("/settings/channels/new"), ("gmail_client", "app"), ("gmail_secret", "app-secret"));
            var state = System.Web.HttpUtility.ParseQueryString(new Uri(leaving).Query)["state"]!;
            var answer = await browser.GetAsync($"/oauth/callback?{query.Replace("STATE", Uri.EscapeDataString(state), StringComparison.Ordinal)}", Ct);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Contains(words, page.Words(), StringComparison.Ordinal);
            Assert.Contains("desk@driftnote.app", page, StringComparison.Ordinal);
        }

        // Without a sign-in that was begun here there is nothing to end, and the first attempt cannot be ended twice.
        Assert.Equal("/settings/channels", (await browser.GetAsync("/oauth/callback?code=code-1&state=x", Ct)).Headers.Location?.OriginalString);
        Assert.Equal(0, await stage.Desk.ReadAsync(db => db.Set<Mailbox>().CountAsync(Ct)));
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field()
    {
        await using var stage = await Stage.StartAsync();
        var browser = stage.Desk.Desk("en");
        var page = await browser.PageAsync("/settings/channels/new");
        var client = await PostAsync(browser, page, "/oauth/begin", ("provider", "microsoft"), ("from", "settings"), ("address", "desk@driftnote.app"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, client.StatusCode);
        Assert.Contains("Type the client id that the provider shows", (await client.Content.ReadAsStringAsync(Ct)).Words(), StringComparison.Ordinal);
        var tenant = await PostAsync(browser, page, "/oauth/begin", ("provider", "microsoft"), ("address", "desk@driftnote.app"), ("microsoft_client", "x"), ("microsoft_tenant", "a/b"));
        Assert.Contains("A directory is a domain or an id", (await tenant.Content.ReadAsStringAsync(Ct)).Words(), StringComparison.Ordinal);
        var address = await PostAsync(browser, page, "/oauth/begin", ("provider", "gmail"), ("address", "nobody"), ("gmail_client", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, address.StatusCode);
        var stranger = await PostAsync(browser, page, "/oauth/begin", ("provider", "elsewhere"), ("address", "desk@driftnote.app"), ("elsewhere_client", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
    }

    [Fact]
    public async Task In_the_set_up_the_way_leads_back_to_its_step()
    {
        await using var stage = await Stage.StartAsync();
        var browser = stage.Desk.Desk("en");
        var page = await browser.PageAsync("/setup/mailbox");
        Assert.Contains("Sign in with Microsoft", page, StringComparison.Ordinal);
        var leaving = await stage.BeginAsync(browser, page, ("from", "setup"), ("gmail_client", "app"), ("gmail_secret", "app-secret"));
        var answer = await browser.GetAsync(await stage.AgreeAsync(leaving), Ct);
        Assert.Equal("/setup/mailbox", answer.Headers.Location?.OriginalString);
        Assert.Equal("gmail", (await stage.MailboxAsync()).OAuth);
    }

    [Fact]
    public async Task Before_a_secret_ends_today_and_the_settings_warn()
    {
        await using var desk = new DeskApp();
        var browser = desk.Desk("en");
        var end = desk.Clock.GetUtcNow().AddDays(40);
        await desk.Get<OAuthApplications>().SaveAsync(desk.Founder, new("microsoft", "app", "app-secret", "", end), Ct);
        Assert.DoesNotContain("client secret for Microsoft", await browser.PageAsync("/"), StringComparison.Ordinal);

        desk.Clock.Advance(TimeSpan.FromDays(15));
        foreach (var place in (string[])["/", "/settings/channels"])
        {
            Assert.Contains($"The client secret for Microsoft ends on {end:yyyy-MM-dd}", (await browser.PageAsync(place)).Words(), StringComparison.Ordinal);
        }

        desk.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Contains("已于", (await desk.Desk().PageAsync("/")).Words(), StringComparison.Ordinal);
        Assert.Contains($"The client secret for Microsoft ended on {end:yyyy-MM-dd}", (await browser.PageAsync("/")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_of_ones_own_at_google_finds_googles_servers()
    {
        var typed = new TestMailbox.Request { Address = "help@driftnote.app", OAuth = "gmail" }.Completed();
        Assert.Equal(("imap.gmail.com", "smtp.gmail.com", 465), (typed.ImapHost, typed.SmtpHost, typed.SmtpPort));
        var personal = new TestMailbox.Request { Address = "help@outlook.com", OAuth = "microsoft" }.Completed();
        Assert.Equal(("outlook.office365.com", "smtp-mail.outlook.com", 587), (personal.ImapHost, personal.SmtpHost, personal.SmtpPort));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string address, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);
        return await browser.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]), Ct);
    }

    private static async Task<T> SoonAsync<T>(Func<Task<T?>> look) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*?value=\"([^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Refresh();

    /// <summary>The desk, a provider, and the servers that believe its tokens.</summary>
    private sealed class Stage : IAsyncDisposable
    {
        public required OAuthServer OAuth { get; init; }
        public required DovecotServer Dovecot { get; init; }
        public required AiosmtpdServer Smtp { get; init; }
        public DeskApp Desk { get; } = new();

        public static async Task<Stage> StartAsync()
        {
            Assert.SkipUnless(DovecotServer.IsInstalled, "Dovecot is not installed (Debian: dovecot-imapd and dovecot-lmtpd).");
            var oauth = new OAuthServer { User = "desk@driftnote.app" };
            var stage = new Stage
            {
                OAuth = oauth,
                Dovecot = await DovecotServer.StartAsync(Ct, new Uri(oauth.Address, "introspect")),
                Smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "desk@driftnote.app", Bearer: "access-")),
            };
            // The servers live by the wall clock.
            stage.Desk.Clock.Advance(TimeProvider.System.GetUtcNow() - stage.Desk.Clock.GetUtcNow());
            var configuration = stage.Desk.Get<IConfiguration>();
            foreach (var provider in OAuthApplications.Providers)
            {
                configuration[$"Mail:OAuth:{provider}:Authorization"] = new Uri(oauth.Address, "authorize").AbsoluteUri;
                configuration[$"Mail:OAuth:{provider}:Token"] = new Uri(oauth.Address, "token").AbsoluteUri;
            }

            return stage;
        }

        public async Task ConnectAsync()
        {
            var browser = Desk.Desk("en");
            var leaving = await BeginAsync(browser, await browser.PageAsync("/settings/channels/new"), ("gmail_client", "app"), ("gmail_secret", "app-secret"));
            var answer = await browser.GetAsync(await AgreeAsync(leaving), Ct);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        /// <summary>Fills the form and presses its button; gives back where the browser is led.</summary>
        public async Task<string> BeginAsync(HttpClient browser, string page, params (string Name, string Value)[] fields)
        {
            (string, string)[] servers =
            [
                ("provider", "gmail"), ("address", "desk@driftnote.app"), ("imap_host", "127.0.0.1"), ("imap_port", $"{Dovecot.ImapPort}"), ("imap_security", "None"),
                ("smtp_host", "127.0.0.1"), ("smtp_port", $"{Smtp.Port}"), ("smtp_security", "None"),
            ];
            var answer = await PostAsync(browser, page, "/oauth/begin", [.. servers, .. fields]);
            var leaving = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, leaving.Words());
            return WebUtility.HtmlDecode(Refresh().Match(leaving).Groups[1].Value);
        }

        /// <summary>The owner agrees at the provider, who sends them back.</summary>
        public static async Task<string> AgreeAtAsync(string address)
        {
            using var outside = new HttpClient(Stays, disposeHandler: false);
            using var agreed = await outside.GetAsync(address, Ct);
            return agreed.Headers.Location!.PathAndQuery;
        }

        public Task<string> AgreeAsync(string address)
        {
            Assert.StartsWith(OAuth.Address.AbsoluteUri, address, StringComparison.Ordinal);
            Assert.Contains("login_hint=desk%40driftnote.app", address, StringComparison.Ordinal);
            return AgreeAtAsync(address);
        }

        public Task<Mailbox> MailboxAsync() => Desk.ReadAsync(db => db.Set<Mailbox>().AsNoTracking().SingleAsync(Ct));

        public async Task<TestMailbox.Request> RequestAsync()
        {
            var mailbox = await MailboxAsync();
            return TestMailbox.Request.Of(mailbox) with { Bearer = Desk.Get<MailAccess>().CredentialsOf(mailbox) };
        }

        public async ValueTask DisposeAsync()
        {
            await Desk.DisposeAsync();
            await Dovecot.DisposeAsync();
            await Smtp.DisposeAsync();
            await OAuth.DisposeAsync();
        }
    }
}
