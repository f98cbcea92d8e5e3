namespace Solodesk.Mail.Writing;

/// <summary>Whether a program rather than a person decided to send a mail (RFC 3834 §5).</summary>
public enum AutomaticMail
{
    /// <summary>A person sent it: no <c>Auto-Submitted</c> header.</summary>
    No,

    /// <summary>It answers another mail by itself, as a confirmation of receipt does: <c>Auto-Submitted: auto-replied</c>.</summary>
    Replied,

    /// <summary>It was made by itself and answers no mail, as a survey or a reminder does: <c>Auto-Submitted: auto-generated</c>.</summary>
    Generated,
}
