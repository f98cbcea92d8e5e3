namespace Solodesk.Mail.Reading;

/// <summary>The header and value that prove a judgement about a mail.</summary>
/// <param name="Header">The field name, or a place such as <c>body</c> or <c>delivery-status</c>.</param>
/// <param name="Value">What stands there, cut after 200 characters.</param>
public sealed record MailEvidence(string Header, string Value)
{
    internal static MailEvidence Of(string header, string? value) => new(header, value is null ? "" : value.Length > 200 ? value[..200] : value);
}
