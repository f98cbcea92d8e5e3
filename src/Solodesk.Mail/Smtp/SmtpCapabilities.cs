using System.Globalization;

namespace Solodesk.Mail.Smtp;

/// <summary>What the server said it can in answer to EHLO (RFC 5321 §4.1.1.1).</summary>
public sealed class SmtpCapabilities
{
    private readonly Dictionary<string, string> _extensions = new(StringComparer.OrdinalIgnoreCase);

    internal SmtpCapabilities(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            // “AUTH=LOGIN PLAIN” is how old servers and clients wrote it.
            var cut = line.AsSpan().IndexOfAny(' ', '=');
            var name = cut < 0 ? line : line[..cut];
            var value = cut < 0 ? "" : line[(cut + 1)..].Trim();
            _extensions[name] = _extensions.TryGetValue(name, out var before) ? $"{before} {value}" : value;
        }
    }

    /// <summary>The ways to sign in, in the server's order.</summary>
    public IReadOnlyList<string> Authentication =>
        _extensions.TryGetValue("AUTH", out var ways) ? [.. ways.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()] : [];

    /// <summary>The largest message in octets (RFC 1870); null when the server does not say or has no limit.</summary>
    public long? MaxSize =>
        _extensions.TryGetValue("SIZE", out var size) && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : null;

    /// <summary>True when an extension was named.</summary>
    public bool Has(string extension) => _extensions.ContainsKey(extension);
}
