using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>Addresses as they are written into headers and envelopes (RFC 5321 §4.1.2, RFC 5322 §3.4.1).</summary>
internal static class AddressText
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    /// <summary>True when the part before the @ holds other than ASCII, which only SMTPUTF8 carries (RFC 6531).</summary>
    public static bool NeedsUtf8(string address)
    {
        var at = address.LastIndexOf('@');
        return !Ascii.IsValid(at < 0 ? address : address.AsSpan(0, at)) || (TryAsciiDomain(address[(at + 1)..]) is null);
    }

    /// <summary>The address, checked and put in the form the way allows.</summary>
    /// <exception cref="ArgumentException">It cannot stand in a mail: empty, no domain, control characters, or non-ASCII without SMTPUTF8.</exception>
    public static string Write(string address, bool utf8, string header)
    {
        var trimmed = address.Trim();
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || at == trimmed.Length - 1)
        {
            throw new ArgumentException($"{header}: “{Shown(trimmed)}” is not a mail address.", nameof(address));
        }

        var domain = Domain(trimmed[(at + 1)..], utf8, header);
        var local = trimmed[..at];
        if (local.Any(char.IsControl) || (!utf8 && !Ascii.IsValid(local)))
        {
            throw new ArgumentException(
                local.Any(char.IsControl)
                    ? $"{header}: “{Shown(trimmed)}” holds control characters."
                    : $"{header}: “{Shown(trimmed)}” needs a server with SMTPUTF8.", nameof(address));
        }

        if (!IsDotAtom(local))
        {
            if (local[0] != '"' && local.AsSpan().IndexOfAny("<>@,\"") >= 0)
            {
                throw new ArgumentException($"{header}: “{Shown(trimmed)}” is more than one mail address, or none.", nameof(address));
            }

            local = Quote(Unquoted(local));
        }

        return Encoding.UTF8.GetByteCount(local) + domain.Length > 900
            ? throw new ArgumentException($"{header}: the address is too long.", nameof(address))
            : $"{local}@{domain}";
    }

    /// <summary>The letters, digits and signs of an atom (RFC 5322 §3.2.3).</summary>
    public static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    /// <summary>A quoted-string (RFC 5322 §3.2.4).</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Domain(string domain, bool utf8, string header)
    {
        if (domain is ['[', .., ']'] && domain[1..^1].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-'))
        {
            return domain; // an address literal
        }

        foreach (var c in domain)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || (c <= '\u007f' && !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')))
            {
                throw new ArgumentException($"{header}: “{Shown(domain)}” is not a domain.", nameof(domain));
            }
        }

        if (Ascii.IsValid(domain) || (utf8 && !HasLoneSurrogate(domain)))
        {
            return domain;
        }

        return TryAsciiDomain(domain) ?? throw new ArgumentException($"{header}: “{Shown(domain)}” is not a domain.", nameof(domain));
    }

    private static string? TryAsciiDomain(string domain)
    {
        if (Ascii.IsValid(domain))
        {
            return domain;
        }

        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    private static bool IsDotAtom(string local) =>
        local.Length > 0 && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && !HasLoneSurrogate(local)
        && local.All(c => c == '.' || IsAtomCharacter(c) || (c > '\u007f' && !char.IsWhiteSpace(c)));

    private static string Unquoted(string local)
    {
        if (local is not ['"', .., '"'] || local.Length < 2)
        {
            return local;
        }

        var text = new StringBuilder(local.Length);
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '\\' && i + 1 < local.Length - 1)
            {
                i++;
            }

            text.Append(local[i]);
        }

        return text.ToString();
    }

    private static string Shown(string text) => HeaderSection.Clean(text);
}
