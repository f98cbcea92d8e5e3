using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>The secret that signs our Message-IDs: made once, kept encrypted, the same on every node.</summary>
public sealed partial class MailKey(IDbContextFactory<DeskDb> dbs, IDatabase database, IDataProtectionProvider protection, ILogger<MailKey> log)
{
    private const string Name = "MailKey";
    private readonly IDataProtector _protector = protection.CreateProtector("mail-key");
    private byte[]? _key;

    public async ValueTask<byte[]> ReadAsync(CancellationToken ct)
    {
        while (_key is null)
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var kept = await db.Set<Setting>().SingleOrDefaultAsync(s => s.Name == Name, ct);
            if (kept is not null && TryReveal(kept.Json) is { } known)
            {
                return _key = known;
            }

            var key = RandomNumberGenerator.GetBytes(32);
            var hidden = _protector.Protect(Convert.ToBase64String(key));
            if (kept is not null)
            {
                // The keys folder was lost. Answers to mails signed before are still found by their stored ids.
                LogLost(log);
                kept.Json = hidden;
            }
            else
            {
                db.Add(new Setting { Name = Name, Json = hidden });
            }

            try
            {
                using (await database.EnterWriteAsync(ct))
                {
                    await db.SaveChangesAsync(ct);
                }

                _key = key;
            }
            catch (DbUpdateException e) when (database.IsDuplicate(e))
            {
                // Another node was first: read its key.
            }
        }

        return _key;
    }

    private byte[]? TryReveal(string hidden)
    {
        try
        {
            return Convert.FromBase64String(_protector.Unprotect(hidden));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key that signs Message-IDs could not be decrypted; a new one was made")]
    private static partial void LogLost(ILogger logger);
}
