using Solodesk.Mail.Net;

namespace Solodesk.Channels.Email;

/// <summary>
/// The reasons that are kept on mailboxes, mails and messages: a key below <c>mail.problem.</c> and, after a blank, what the server said.
/// <see cref="Solodesk.Ui.KeptReason"/> puts them into words when they are shown.
/// </summary>
public static class MailProblems
{
    /// <summary>The disk is full or the database cannot be written: nothing was taken off the server.</summary>
    public const string Storage = "Storage";

    /// <summary>Larger than what is taken in; it stays on the server.</summary>
    public const string TooLarge = "TooLarge";

    /// <summary>The server would not hand it out; it stays there.</summary>
    public const string NotHandedOut = "NotHandedOut";

    /// <summary>Reading or filing it failed by a fault of ours; the raw mail is kept and tried again.</summary>
    public const string Fault = "Fault";

    /// <summary>The password cannot be decrypted: the keys folder was not moved with the database.</summary>
    public const string SecretLost = "SecretLost";

    /// <summary>The mail server took it and another one sent it back.</summary>
    public const string Bounced = "Bounced";

    /// <summary>The server refused the message or its recipient for good.</summary>
    public const string Refused = "Refused";

    /// <summary>The server asks to try again later.</summary>
    public const string Later = "Later";

    /// <summary>No attempt has succeeded for days.</summary>
    public const string GaveUp = "GaveUp";

    /// <summary>The mailbox that should send it was removed or switched off.</summary>
    public const string NoMailbox = "NoMailbox";

    /// <summary>What was written cannot be made into a mail, such as an address that no server would take.</summary>
    public const string Unwritable = "Unwritable";

    /// <summary>One part of a mail that was sent in several: it waits for the others.</summary>
    public const string Part = "Part";

    /// <summary>The reason as it is kept; a bad certificate says which fault it has.</summary>
    public static string Reason(MailConnectionException e)
        => e is { Reason: MailConnectionReason.TlsFailed, Certificate.Fault: not CertificateFault.Other and var fault } ? $"Certificate{fault}" : e.Reason.ToString();

    /// <summary>Reason and what the server said, in one text.</summary>
    public static string With(string reason, string? detail)
        => string.IsNullOrWhiteSpace(detail) ? reason : $"{reason} {(detail.Length > 400 ? detail[..400] : detail).ReplaceLineEndings(" ")}";
}
