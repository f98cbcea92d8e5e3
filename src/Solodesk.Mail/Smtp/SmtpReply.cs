using System.Globalization;

namespace Solodesk.Mail.Smtp;

/// <summary>A reply of the server (RFC 5321 §4.2).</summary>
/// <param name="Code">The three digits.</param>
/// <param name="Lines">The text of each line, without codes.</param>
public sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>The enhanced status code, when the server gave one.</summary>
    public EnhancedStatus? Enhanced { get; init; }

    /// <summary>True when no server said it: we knew beforehand that the server would have to refuse.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The text in one line.</summary>
    public string Text => string.Join(' ', Lines);

    /// <summary>
    /// Ok, again, or never. The first digit decides; 552 to a recipient is “too many” for servers that never left RFC 821 and means again
    /// (RFC 5321 §4.5.3.1.10), but only when no enhanced code says that it is size or a full mailbox.
    /// </summary>
    public SmtpOutcome Outcome => Code switch
    {
        < 400 => SmtpOutcome.Ok,
        < 500 => SmtpOutcome.RetryLater,
        552 when Enhanced is { Subject: 5, Detail: 3 } => SmtpOutcome.RetryLater,
        _ => SmtpOutcome.Permanent,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Code} {(Enhanced is { } enhanced ? enhanced + " " : "")}{Text}");

    /// <summary>A refusal that needs no server.</summary>
    internal static SmtpReply Local(int code, EnhancedStatus enhanced, string text) => new(code, [text]) { Enhanced = enhanced, IsLocal = true };
}
