using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Mail.Net;
using Solodesk.Mail.OAuth;

namespace Solodesk.Channels.Email.OAuth;

/// <summary>
/// Gives the access token of a mailbox, renewed when it is needed and only once for all who wait; what a provider deals anew is kept
/// before anybody uses it, for the old one may be void by then.
/// </summary>
public sealed class MailboxTokens(IDataProtectionProvider protection, OAuthApplications applications, IDatabase database, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("mailbox");
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _gates = new();

    public string Seal(OAuthTokens tokens) => _protector.Protect(JsonSerializer.Serialize(tokens, JsonSerializerOptions.Web));

    public MailCredentials CredentialsOf(Mailbox mailbox) => MailCredentials.Bearer(mailbox.UserName, ct => GetAsync(mailbox.Id, ct));

    private async ValueTask<string> GetAsync(Guid id, CancellationToken ct)
    {
        var gate = _gates.GetOrAdd(id, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var known = await db.Set<Mailbox>().AsNoTracking().Where(m => m.Id == id).Select(m => new { m.OAuth, m.OAuthTokens }).SingleOrDefaultAsync(ct);
            if (known?.OAuth is not { } provider || Open(known.OAuthTokens) is not { } tokens)
            {
                throw new MailConnectionException(MailConnectionReason.OAuthExpired, "There is no access to this mailbox.");
            }

            if (!tokens.IsExpired(clock.GetUtcNow()))
            {
                return tokens.AccessToken;
            }

            var client = await applications.ClientAsync(provider, null, ct)
                ?? throw new MailConnectionException(MailConnectionReason.OAuthClientRefused, "The desk is not registered with the provider.");
            var fresh = await client.RefreshAsync(tokens, ct);
            var sealedTokens = Seal(fresh);
            // Not even the wish to stop may lose a refresh token that was dealt once.
            using (await database.EnterWriteAsync(CancellationToken.None))
            {
                await db.Set<Mailbox>().Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.OAuthTokens, sealedTokens), CancellationToken.None);
            }

            return fresh.AccessToken;
        }
        finally
        {
            gate.Release();
        }
    }

    private OAuthTokens? Open(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<OAuthTokens>(_protector.Unprotect(text), JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
