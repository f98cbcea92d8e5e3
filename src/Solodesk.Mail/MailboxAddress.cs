namespace Solodesk.Mail;

/// <summary>One mailbox as it stands in an address header (RFC 5322 §3.4): a decoded display name, if any, and the address.</summary>
/// <param name="Name">The display name, decoded and unquoted; null when there is none.</param>
/// <param name="Address">The address as text (<c>local@domain</c>); what cannot be read as an address is kept as it stood.</param>
public sealed record MailboxAddress(string? Name, string Address)
{
    /// <summary>The name if there is one, else the address.</summary>
    public string Display => string.IsNullOrWhiteSpace(Name) ? Address : Name;

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrWhiteSpace(Name) ? Address : $"{Name} <{Address}>";
}
