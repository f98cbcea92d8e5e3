using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Solodesk.Notifications.Push;

/// <summary>
/// Encrypts a push message so that only the browser that subscribed can read it (RFC 8291), as one record of <c>aes128gcm</c> (RFC 8188).
/// Only the framework's own cryptography is used.
/// </summary>
public static class PushEncryption
{
    /// <summary>An uncompressed point of P-256: 4, x, y.</summary>
    public const int PointLength = 65;

    public const int SecretLength = 16;
    public const int SaltLength = 16;

    /// <summary>What a push service must take (RFC 8291 §4), less header, padding mark and tag.</summary>
    public const int LargestText = 4096 - 86 - 1 - 16;

    private const int RecordSize = 4096;
    private const int TagLength = 16;

    /// <summary>The body of the request.</summary>
    /// <param name="text">What is said; at most <see cref="LargestText"/> bytes.</param>
    /// <param name="browserKey">The subscription's <c>p256dh</c>: a point of P-256.</param>
    /// <param name="secret">The subscription's <c>auth</c>: 16 bytes.</param>
    /// <exception cref="CryptographicException">The key is not a point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> secret)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, browserKey, secret, own, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <summary>The same with a key pair and salt of the caller's; each pair may be used once.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> secret, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LargestText);
        var ownKey = Point(own.ExportParameters(false));
        var (key, nonce) = Keys(own, browserKey, secret, salt, browserKey, ownKey);
        var body = new byte[SaltLength + 4 + 1 + PointLength + text.Length + 1 + TagLength];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltLength), RecordSize);
        body[SaltLength + 4] = PointLength;
        ownKey.CopyTo(body, SaltLength + 5);
        var start = SaltLength + 5 + PointLength;
        // The last record ends with 2 and no padding (RFC 8188 §2).
        Span<byte> record = new byte[text.Length + 1];
        text.CopyTo(record);
        record[^1] = 2;
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, record, body.AsSpan(start, record.Length), body.AsSpan(start + record.Length, TagLength));
        return body;
    }

    /// <summary>Reads a message back, as a browser does.</summary>
    public static byte[] Decrypt(ReadOnlySpan<byte> body, ECDiffieHellman browser, ReadOnlySpan<byte> secret)
    {
        var salt = body[..SaltLength];
        var sender = body.Slice(SaltLength + 5, PointLength);
        var cipherText = body[(SaltLength + 5 + PointLength)..];
        var own = Point(browser.ExportParameters(false));
        var (key, nonce) = Keys(browser, sender, secret, salt, own, sender);
        var record = new byte[cipherText.Length - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(nonce, cipherText[..^TagLength], cipherText[^TagLength..], record);
        var end = Array.FindLastIndex(record, b => b != 0);
        return end >= 0 && record[end] == 2 ? record[..end] : throw new CryptographicException("The record does not end as the last one does");
    }

    /// <summary>The point that a key pair shows to others.</summary>
    public static byte[] Point(ECParameters parameters) => [4, .. parameters.Q.X!, .. parameters.Q.Y!];

    /// <summary>A point as parameters; refused when its form is wrong. That it lies on the curve is checked when it is used.</summary>
    public static ECParameters Parameters(ReadOnlySpan<byte> point)
        => point.Length == PointLength && point[0] == 4
            ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() } }
            : throw new CryptographicException("Not an uncompressed point of P-256");

    // RFC 8291 §3.3 and §3.4: the shared secret is bound to both keys, then cut into key and nonce by the salt.
    private static (byte[] Key, byte[] Nonce) Keys(ECDiffieHellman own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> serverKey)
    {
        using var peer = ECDiffieHellman.Create(Parameters(other));
        var shared = own.DeriveRawSecretAgreement(peer.PublicKey);
        byte[] info = [.. Encoding.ASCII.GetBytes("WebPush: info\0"), .. browserKey, .. serverKey];
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret.ToArray(), info);
        return (HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt.ToArray(), Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0")),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt.ToArray(), Encoding.ASCII.GetBytes("Content-Encoding: nonce\0")));
    }
}
