namespace Solodesk.Channels.Email;

/// <summary>How the desk behaves by mail, whatever the mailbox.</summary>
public sealed record MailSettings
{
    /// <summary>Whether a new request is answered at once with a confirmation of receipt.</summary>
    public bool Acknowledge { get; init; } = true;

    /// <summary>
    /// The owner's own words of the confirmation, by language (<c>zh-Hans</c>, <c>en</c>); a language that is missing takes the desk's.
    /// <c>{name}</c>, <c>{number}</c>, <c>{subject}</c>, <c>{expected}</c>, <c>{link}</c> and
    /// <c>{business}</c> are filled in; without a public address the line with <c>{link}</c> is left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> AcknowledgementTexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether answers carry the customer's last message below.</summary>
    public bool QuoteLastMessage { get; init; } = true;

    /// <summary>Whether a copy of each reply is put into the mailbox's Sent folder, where the provider does not do so itself.</summary>
    public bool KeepSentCopies { get; init; } = true;

    /// <summary>What may go to one address by itself within an hour, within a day, and within a day about one ticket.</summary>
    public int AutomaticPerHour { get; init; } = 4;

    public int AutomaticPerDay { get; init; } = 12;
    public int AutomaticPerTicket { get; init; } = 3;

    /// <summary>The largest mail that is taken in, in bytes.</summary>
    public long MaxMailBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Hosts to which the owner insists on speaking without encryption; this machine itself needs no insisting.</summary>
    public IReadOnlyList<string> PlaintextHosts { get; init; } = [];

    /// <summary>SHA-256 fingerprints of server certificates that the owner accepted by hand.</summary>
    public IReadOnlyList<string> TrustedCertificates { get; init; } = [];
}
