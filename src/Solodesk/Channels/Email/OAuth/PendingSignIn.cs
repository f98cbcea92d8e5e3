using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Solodesk.Mail.OAuth;

namespace Solodesk.Channels.Email.OAuth;

/// <summary>A sign-in with a provider that was begun in this browser: sealed in a cookie of it until the person is back, at most for half an hour.</summary>
/// <param name="Provider">With whom.</param>
/// <param name="Mailbox">Whose access is renewed; empty for a new mailbox.</param>
/// <param name="SetUp">Whether it was begun in the set-up.</param>
/// <param name="Redirect">Where the provider sends the person back to.</param>
/// <param name="State">What proves that they left from here.</param>
/// <param name="Verifier">What proves that we began it.</param>
/// <param name="Agent">Who began it.</param>
/// <param name="Fields">What was typed.</param>
internal sealed record PendingSignIn(string Provider, Guid Mailbox, bool SetUp, string Redirect, string State, string Verifier, Guid Agent, Dictionary<string, string> Fields)
{
    private const string Cookie = "solodesk.mailbox-signin";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public OAuthSignIn SignIn => new(new Uri(Redirect), State, Verifier);

    public IFormCollection Form => new FormCollection(Fields.ToDictionary(f => f.Key, f => new StringValues(f.Value)));

    public void Keep(HttpContext context, IDataProtectionProvider protection)
        => context.Response.Cookies.Append(Cookie, Protector(protection).Protect(JsonSerializer.Serialize(this), Patience), Options(context));

    /// <summary>Takes it out of the browser; null when there is none, it is too old or was tampered with.</summary>
    public static PendingSignIn? Take(HttpContext context, IDataProtectionProvider protection)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var text))
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options(context));
        try
        {
            return JsonSerializer.Deserialize<PendingSignIn>(Protector(protection).Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("mailbox-signin").ToTimeLimitedDataProtector();

    // Lax: the way back begins at the provider's page.
    private static CookieOptions Options(HttpContext context) => new() { Path = "/oauth", HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps };
}
