namespace Solodesk.Mail.Smtp;

/// <summary>What a reply means for the one who sends.</summary>
public enum SmtpOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Not now: keep the mail and try again later.</summary>
    RetryLater,

    /// <summary>Never: trying the same again will not help.</summary>
    Permanent,
}
