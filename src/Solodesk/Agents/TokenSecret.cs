using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Solodesk.Agents;

/// <summary>The secret of an API token: 256 random bits that its owner sees once, and the hash that we keep.</summary>
internal static class TokenSecret
{
    public const string Mark = "sdk_";

    public static string Create() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // The secret is random and long: a plain hash cannot be searched back, and it must be quick on every request.
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>What a person recognises it by.</summary>
    public static string Prefix(string secret) => secret[..Math.Min(secret.Length, 10)];
}
