namespace Solodesk.Mail.Writing;

/// <summary>How a recipient leaves a list: written as <c>List-Unsubscribe</c> (RFC 2369) and, for one click, <c>List-Unsubscribe-Post</c> (RFC 8058).</summary>
/// <param name="Targets">Absolute <c>https:</c> or <c>mailto:</c> addresses, the preferred one first.</param>
/// <param name="OneClick">True when an <c>https:</c> target unsubscribes on a bare POST, without a page in between.</param>
public sealed record ListUnsubscribe(IReadOnlyList<Uri> Targets, bool OneClick = false);
