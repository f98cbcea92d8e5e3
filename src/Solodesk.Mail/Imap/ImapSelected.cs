namespace Solodesk.Mail.Imap;

/// <summary>A mailbox at the moment it was opened (RFC 9051 §6.3.2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="UidValidity">While this stays the same a UID names the same message; when it changes, every UID kept is void (RFC 9051 §2.3.1.1).</param>
/// <param name="UidNext">The UID that the next message will have or exceed; 0 when the server does not say.</param>
/// <param name="Exists">How many messages it holds.</param>
/// <param name="HighestModSeq">The newest change (RFC 7162); null when the server does not keep count.</param>
/// <param name="IsReadOnly">True when nothing can be changed.</param>
/// <param name="PermanentFlags">The flags that can be set for good; <c>\*</c> stands for any.</param>
public sealed record ImapSelected(
    string Name, uint UidValidity, uint UidNext, uint Exists, ulong? HighestModSeq, bool IsReadOnly, IReadOnlyList<string> PermanentFlags);
