using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Common;

namespace Solodesk.Chat.Settings;

/// <summary>The secret that the site's server shares with the desk, to say who its visitors are. Shown once, kept sealed.</summary>
internal sealed class ChatSecret(Solodesk.Data.Settings settings, IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("solodesk.chat.secret");

    /// <summary>Makes a new one; the old one is worth nothing from now on.</summary>
    public async Task<string> RotateAsync(CancellationToken ct)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var chat = await settings.ReadAsync<ChatSettings>(ct);
        await settings.SaveAsync(chat with { SealedSecret = _seal.Protect(secret) }, ct);
        return secret;
    }

    /// <summary>Whether the hash is HMAC-SHA256 of the id with the secret, in hex.</summary>
    public async ValueTask<bool> ProvesAsync(string id, string? hash, CancellationToken ct)
    {
        var chat = await settings.ReadAsync<ChatSettings>(ct);
        if (chat.SealedSecret.Length == 0 || hash is not { Length: 64 })
        {
            return false;
        }

        try
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_seal.Unprotect(chat.SealedSecret)), Encoding.UTF8.GetBytes(id));
            return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(hash));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
