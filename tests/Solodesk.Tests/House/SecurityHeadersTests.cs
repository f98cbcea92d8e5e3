using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Tests.Channels.Email;

namespace Solodesk.Tests.House;

/// <summary>What every page is sent with, and what nobody reads in the database.</summary>
public sealed partial class SecurityHeadersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", true)]
    [InlineData("/inbox/mine", true)]
    [InlineData("/settings/business", true)]
    [InlineData("/nothing-of-this-name", true)]
    [InlineData("/signin", false)]
    [InlineData("/contact", false)]
    [InlineData("/help", false)]
    public async Task A_page_runs_only_scripts_of_our_own_and_none_that_stand_in_it(string address, bool signedIn)
    {
        await using var desk = new DeskApp();
        using var client = signedIn ? desk.Desk() : desk.Visitor();

        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Ct);
        using var page = answer.Headers.Location is { } on ? await client.GetAsync(on, Ct) : answer;

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotMatch(Inline(), html);
    }

    [Fact]
    public async Task The_password_of_a_mailbox_is_not_to_be_read_in_the_database()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync(change: m => m.Secret = desk.Get<MailAccess>().Protect("three quiet harbours"));

        var stored = await desk.ReadAsync(db => db.Set<Mailbox>().Select(m => m.Secret).SingleAsync(Ct));

        Assert.NotEmpty(stored);
        Assert.DoesNotContain("quiet", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(stored.Replace('-', '+').Replace('_', '/').PadRight((stored.Length + 3) / 4 * 4, '='))), StringComparison.Ordinal);
    }

    // A script without an address, or a handler in an attribute.
    [GeneratedRegex("<script(?![^>]*(\\bsrc=|type=\"(application/ld\\+json|importmap|application/json)\"))[^>]*>|<[a-z][^>]*\\son[a-z]+=\"", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
