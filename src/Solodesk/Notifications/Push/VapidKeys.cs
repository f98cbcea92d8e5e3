using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Data;

namespace Solodesk.Notifications.Push;

/// <summary>The key pair that names this desk to push services (RFC 8292), as it is kept: the private half encrypted.</summary>
public sealed record VapidSettings
{
    /// <summary>The public point, base64url; empty until somebody first asks to be told.</summary>
    public string PublicKey { get; init; } = "";

    public string PrivateKey { get; init; } = "";
}

/// <summary>Makes the desk's key pair on first use and signs requests with it. Browsers subscribe to this key: it never changes.</summary>
public sealed class VapidKeys(Settings settings, IDataProtectionProvider protection) : IDisposable
{
    private static readonly TimeSpan Valid = TimeSpan.FromHours(12);
    private readonly IDataProtector _seal = protection.CreateProtector("Solodesk.Notifications.Vapid");
    private readonly SemaphoreSlim _first = new(1, 1);

    /// <summary>The public key that browsers are given, base64url.</summary>
    public async Task<string> PublicAsync(CancellationToken ct) => (await ReadAsync(ct)).PublicKey;

    /// <summary>The Authorization header of a request to a push service.</summary>
    /// <param name="endpoint">The subscription's address; the token is good for its origin only.</param>
    /// <param name="contact">Where the service's people can reach us: <c>mailto:</c> or <c>https:</c>.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<string> AuthorizationAsync(Uri endpoint, string contact, DateTimeOffset now, CancellationToken ct)
    {
        var keys = await ReadAsync(ct);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_seal.Unprotect(Convert.FromBase64String(keys.PrivateKey)), out _);
        return $"vapid t={Sign(key, endpoint, contact, now + Valid)}, k={keys.PublicKey}";
    }

    /// <summary>A token of RFC 8292 §2: a JWT signed with ES256.</summary>
    public static string Sign(ECDsa key, Uri endpoint, string contact, DateTimeOffset expires)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = expires.ToUnixTimeSeconds(), sub = contact }));
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _first.Dispose();

    private async Task<VapidSettings> ReadAsync(CancellationToken ct)
    {
        var known = await settings.ReadAsync<VapidSettings>(ct);
        if (known.PublicKey.Length > 0)
        {
            return known;
        }

        await _first.WaitAsync(ct);
        try
        {
            // Another node may have made one: what stands in the database counts.
            settings.Forget();
            known = await settings.ReadAsync<VapidSettings>(ct);
            if (known.PublicKey.Length > 0)
            {
                return known;
            }

            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var made = new VapidSettings
            {
                PublicKey = Base64Url.EncodeToString(PushEncryption.Point(key.ExportParameters(false))),
                PrivateKey = Convert.ToBase64String(_seal.Protect(key.ExportPkcs8PrivateKey())),
            };
            await settings.SaveAsync(made, ct);
            return made;
        }
        finally
        {
            _first.Release();
        }
    }
}
