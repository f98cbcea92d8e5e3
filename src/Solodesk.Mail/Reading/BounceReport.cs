using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>What a bounce says, from its structured part (RFC 3464) or, where it has none, from its text.</summary>
public sealed record BounceReport
{
    /// <summary>True when trying again is of no use (status class 5, action "failed"); false for a delay or a temporary refusal.</summary>
    public required bool Permanent { get; init; }

    /// <summary>Each recipient the report names, in its order.</summary>
    public required IReadOnlyList<BouncedRecipient> Recipients { get; init; }

    /// <summary>The first recipient that was not reached; null when none is named.</summary>
    public string? Recipient => Recipients.Count > 0 ? Recipients[0].Address : null;

    /// <summary>The enhanced status code (RFC 3463), for example <c>5.1.1</c>; null when none is given.</summary>
    public string? Status { get; init; }

    /// <summary>What the refusing server said; null when it is not quoted.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>The Message-ID of the mail that came back, without brackets.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>The headers of the mail that came back, as far as they were returned.</summary>
    public IReadOnlyList<MailHeader> OriginalHeaders { get; init; } = [];

    /// <summary>True when the report was read from prose and not from a delivery-status part.</summary>
    public bool FromText { get; init; }
}

/// <summary>One recipient of a bounce.</summary>
/// <param name="Address">The address that was tried.</param>
/// <param name="Action">failed, delayed, delivered, relayed or expanded (RFC 3464 §2.3.3).</param>
/// <param name="Status">The enhanced status code, if any.</param>
/// <param name="Diagnostic">What the server said, if it is quoted.</param>
public sealed record BouncedRecipient(string Address, string Action, string? Status, string? Diagnostic);
