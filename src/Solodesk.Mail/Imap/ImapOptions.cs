using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>Where and how to read mail (RFC 3501, RFC 9051).</summary>
public sealed record ImapOptions : MailServerOptions
{
    /// <summary>What this program says of itself (RFC 2971). 163, 126 and their kin refuse a program that says nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Identification { get; init; } = [new("name", "Solodesk.Mail"), new("version", "1.0")];

    /// <summary>How long one IDLE lasts before it is renewed. RFC 2177 says at most 29 minutes; several providers hang up after 10.</summary>
    public TimeSpan IdleRenewal { get; init; } = TimeSpan.FromMinutes(9);

    /// <summary>How often to ask for news where the server has no IDLE.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest message fetched, in octets; a larger one comes without content.</summary>
    public long MaxMessageSize { get; init; } = 64L * 1024 * 1024;

    /// <summary>A message above so many octets waits in a temporary file instead of memory.</summary>
    public int SpoolThreshold { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many messages are asked about in one command.</summary>
    public int WindowMessages { get; init; } = 50;

    /// <summary>How many octets of messages are asked for in one command; one message alone may have more.</summary>
    public long WindowBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>The longest line a server may send, in octets; a search in a large mailbox answers in one line.</summary>
    public int MaxLineLength { get; init; } = 16 * 1024 * 1024;
}
