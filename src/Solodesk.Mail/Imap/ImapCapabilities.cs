namespace Solodesk.Mail.Imap;

/// <summary>What the server said it can (RFC 9051 §6.1.1).</summary>
public sealed class ImapCapabilities
{
    private readonly HashSet<string> _names;

    internal ImapCapabilities(IEnumerable<string> names) => _names = new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>True when a capability was named, or is part of IMAP4rev2 (RFC 9051 appendix E) and the server speaks only that.</summary>
    public bool Has(string name) => _names.Contains(name) || (IsRev2Only && IsInRev2(name));

    /// <summary>True when the server speaks IMAP4rev2 and not IMAP4rev1.</summary>
    internal bool IsRev2Only => _names.Contains("IMAP4rev2") && !_names.Contains("IMAP4rev1");

    private static bool IsInRev2(string name) => name.ToUpperInvariant() is
        "NAMESPACE" or "UNSELECT" or "UIDPLUS" or "ESEARCH" or "SEARCHRES" or "ENABLE" or "IDLE" or "SASL-IR" or "LIST-EXTENDED" or "LIST-STATUS"
        or "MOVE" or "LITERAL-" or "BINARY" or "SPECIAL-USE" or "STATUS=SIZE";
}
