using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>
/// Message ids and plus addresses that only we can have made: an answer that names one belongs to its scope, whatever its subject says.
/// A token is <c>scope.payload</c>, where the payload is 26 bytes in lower-case base32 (RFC 4648 §6): the unique id and the first 80 bits of
/// HMAC-SHA256 (RFC 2104 §5) over both. Letters, digits, <c>-</c> and <c>.</c> only, and the case does not matter: some gateways change it.
/// </summary>
public static class SignedMessageId
{
    private const int MacBytes = 10;
    private const int PayloadLength = 42; // 26 bytes in base32
    private const int MaxScope = 64;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The message id <c>&lt;token@domain&gt;</c>.</summary>
    /// <param name="scope">What the mail belongs to, such as a ticket number: 1 to 64 of <c>a–z 0–9 -</c>.</param>
    /// <param name="unique">Different for each mail.</param>
    /// <param name="key">The secret; 32 random bytes are right, fewer than 16 are refused.</param>
    /// <param name="domain">The domain to the right of the @.</param>
    public static string Create(string scope, Guid unique, ReadOnlySpan<byte> key, string domain) =>
        MessageIdText.Normalise($"{Token(scope, unique, key)}@{domain}", "Message-ID");

    /// <summary>The same token as a plus address (RFC 5233): <c>desk@example.com</c> becomes <c>desk+token@example.com</c>.</summary>
    /// <exception cref="ArgumentException">The mailbox is no address, or the local part would pass 64 octets (RFC 5321 §4.5.3.1.1).</exception>
    public static string CreateAddress(string mailbox, string scope, Guid unique, ReadOnlySpan<byte> key)
    {
        var at = mailbox.LastIndexOf('@');
        if (at <= 0)
        {
            throw new ArgumentException("Not a mail address.", nameof(mailbox));
        }

        var local = $"{mailbox[..at]}+{Token(scope, unique, key)}";
        return Encoding.UTF8.GetByteCount(local) > 64
            ? throw new ArgumentException("The mailbox name leaves no room for a token.", nameof(mailbox))
            : local + mailbox[at..];
    }

    /// <summary>Reads a message id back, with or without angle brackets, and checks in constant time that it was made with this key.</summary>
    public static bool TryVerify(string? messageId, ReadOnlySpan<byte> key, [NotNullWhen(true)] out SignedToken? token)
    {
        var bare = messageId.AsSpan().Trim().TrimStart('<').TrimEnd('>');
        var at = bare.LastIndexOf('@');
        return TryVerifyToken(at < 0 ? bare : bare[..at], key, out token);
    }

    /// <summary>Reads a plus address back: what stands between the first + and the @.</summary>
    public static bool TryVerifyAddress(string? address, ReadOnlySpan<byte> key, [NotNullWhen(true)] out SignedToken? token)
    {
        token = null;
        var bare = address.AsSpan().Trim();
        var at = bare.LastIndexOf('@');
        var plus = bare.IndexOf('+');
        return plus >= 0 && at > plus && TryVerifyToken(bare[(plus + 1)..at], key, out token);
    }

    private static string Token(string scope, Guid unique, ReadOnlySpan<byte> key)
    {
        if (!IsScope(scope))
        {
            throw new ArgumentException("A scope is 1 to 64 of a–z, 0–9 and -.", nameof(scope));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        Span<byte> payload = stackalloc byte[16 + MacBytes];
        unique.TryWriteBytes(payload, bigEndian: true, out _);
        Sign(scope, payload[..16], key, payload[16..]);
        return $"{scope}.{Base32(payload)}";
    }

    private static bool TryVerifyToken(ReadOnlySpan<char> text, ReadOnlySpan<byte> key, [NotNullWhen(true)] out SignedToken? token)
    {
        token = null;
        var dot = text.LastIndexOf('.');
        if (dot is <= 0 or > MaxScope || text.Length - dot - 1 != PayloadLength || key.Length < 16)
        {
            return false;
        }

        var scope = text[..dot].ToString().ToLowerInvariant();
        Span<byte> payload = stackalloc byte[16 + MacBytes];
        if (!IsScope(scope) || !TryFromBase32(text[(dot + 1)..], payload))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[MacBytes];
        Sign(scope, payload[..16], key, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, payload[16..]))
        {
            return false;
        }

        token = new(scope, new Guid(payload[..16], bigEndian: true));
        return true;
    }

    private static bool IsScope(string scope) =>
        scope.Length is > 0 and <= MaxScope && scope.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void Sign(string scope, ReadOnlySpan<byte> unique, ReadOnlySpan<byte> key, Span<byte> mac)
    {
        // The length in front keeps (scope, unique) pairs apart.
        Span<byte> message = stackalloc byte[4 + MaxScope + 16];
        BinaryPrimitives.WriteInt32BigEndian(message, scope.Length);
        var length = 4 + Encoding.ASCII.GetBytes(scope, message[4..]);
        unique.CopyTo(message[length..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message[..(length + 16)], hash);
        hash[..MacBytes].CopyTo(mac);
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(PayloadLength);
        var (buffer, bits) = (0u, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(int)((buffer >> (bits - 5)) & 31)]);
            }
        }

        return bits > 0 ? text.Append(Alphabet[(int)((buffer << (5 - bits)) & 31)]).ToString() : text.ToString();
    }

    private static bool TryFromBase32(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var (buffer, bits, count) = (0u, 0, 0);
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << 5) | (uint)value;
            bits += 5;
            if (bits >= 8 && count < bytes.Length)
            {
                bytes[count++] = (byte)(buffer >> (bits - 8));
                bits -= 8;
            }
        }

        // Left-over bits must be zero, or several texts would stand for one token.
        return count == bytes.Length && (buffer & ((1u << bits) - 1)) == 0;
    }
}

/// <summary>What a verified token says.</summary>
/// <param name="Scope">What the mail belongs to.</param>
/// <param name="Unique">Which mail it was.</param>
public sealed record SignedToken(string Scope, Guid Unique);
