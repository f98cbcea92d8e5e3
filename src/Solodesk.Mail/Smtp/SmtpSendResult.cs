namespace Solodesk.Mail.Smtp;

/// <summary>What became of one message.</summary>
/// <param name="Reply">The reply that ended the transaction: to the message itself, or to the step that failed.</param>
/// <param name="Recipients">One result for each recipient, in the order they were given.</param>
public sealed record SmtpSendResult(SmtpReply Reply, IReadOnlyList<SmtpRecipientResult> Recipients)
{
    /// <summary>True when the server took the message for every recipient.</summary>
    public bool AllAccepted => Recipients.All(recipient => recipient.Outcome == SmtpOutcome.Ok);

    /// <summary>True when the server took it for at least one recipient.</summary>
    public bool AnyAccepted => Recipients.Any(recipient => recipient.Outcome == SmtpOutcome.Ok);
}

/// <summary>What became of the message for one recipient.</summary>
/// <param name="Address">The recipient as it was given.</param>
/// <param name="Outcome">Accepted, again later, or never.</param>
/// <param name="Reply">The reply that says so.</param>
public sealed record SmtpRecipientResult(string Address, SmtpOutcome Outcome, SmtpReply Reply);
