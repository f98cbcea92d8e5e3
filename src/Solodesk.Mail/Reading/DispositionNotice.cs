namespace Solodesk.Mail.Reading;

/// <summary>A message disposition notification (RFC 8098): a read receipt, or the news that a mail was deleted unread.</summary>
/// <param name="Disposition">The disposition as written, for example <c>manual-action/MDN-sent-manually; displayed</c>.</param>
/// <param name="Displayed">True when the mail was shown to its recipient.</param>
/// <param name="FinalRecipient">Whose receipt this is, without the address type; null when it is not said.</param>
/// <param name="OriginalMessageId">The mail it is about, without brackets; null when it is not said.</param>
public sealed record DispositionNotice(string Disposition, bool Displayed, string? FinalRecipient, string? OriginalMessageId);
