namespace Solodesk.Mail.Reading;

/// <summary>The limits of one reading. Each that is hit leaves a <see cref="MailWarning"/>; none makes reading fail.</summary>
public sealed record MailReaderOptions
{
    /// <summary>The defaults.</summary>
    public static MailReaderOptions Default { get; } = new();

    /// <summary>Bytes of one message that are read from a stream; what follows is left out (<c>message-cut</c>). 150 MB.</summary>
    public long MaxMessageBytes { get; init; } = 150L * 1024 * 1024;

    /// <summary>Header fields of one entity (<c>headers-cut</c>). 10,000.</summary>
    public int MaxHeaders { get; init; } = 10_000;

    /// <summary>Header bytes of one entity (<c>headers-cut</c>). 1 MB.</summary>
    public int MaxHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>Levels of multiparts and enclosed messages (<c>nesting-cut</c>); what lies deeper is one attachment. 40.</summary>
    public int MaxDepth { get; init; } = 40;

    /// <summary>Parts of the whole message (<c>parts-cut</c>). 2,000.</summary>
    public int MaxParts { get; init; } = 2_000;

    /// <summary>Decoded bytes of one text body (<c>text-cut</c>). 8 MB.</summary>
    public int MaxTextBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Characters of HTML that are turned into text or sanitised (<c>html-cut</c>). 4 million.</summary>
    public int MaxHtmlChars { get; init; } = 4_000_000;

    /// <summary>Addresses of one header (<c>addresses-cut</c>). 2,000.</summary>
    public int MaxAddresses { get; init; } = 2_000;

    /// <summary>Message ids of one References header; the oldest and the newest are kept (<c>references-cut</c>). 500.</summary>
    public int MaxReferences { get; init; } = 500;

    /// <summary>Decoded bytes of one container that must be held in memory: an encoded message, a winmail.dat (<c>container-cut</c>). 48 MB.</summary>
    public int MaxContainerBytes { get; init; } = 48 * 1024 * 1024;

    /// <summary>Uuencoded files in one text (<c>uuencode-cut</c>); what follows stays text. 200.</summary>
    public int MaxUuencodedFiles { get; init; } = 200;

    /// <summary>Files of one winmail.dat (<c>tnef-cut</c>). 500.</summary>
    public int MaxTnefFiles { get; init; } = 500;

    /// <summary>Levels of Outlook messages within a winmail.dat (<c>tnef-cut</c>); what lies deeper is kept as it stands. 3.</summary>
    public int MaxTnefDepth { get; init; } = 3;

    /// <summary>
    /// Bytes of an Outlook message within a winmail.dat (<c>tnef-cut</c>): it is written anew, which takes its size twice; a larger one is kept
    /// as it stands. 12 MB.
    /// </summary>
    public int MaxTnefMessageBytes { get; init; } = 12 * 1024 * 1024;

    /// <summary>Characters of a file's name (<c>name-cut</c>). 1,000.</summary>
    public int MaxNameChars { get; init; } = 1_000;

    /// <summary>Recipients of one delivery report (<c>report-cut</c>). 1,000.</summary>
    public int MaxReportRecipients { get; init; } = 1_000;

    /// <summary>Warnings of one mail; the last then says that there were more (<c>warnings-cut</c>). 100.</summary>
    public int MaxWarnings { get; init; } = 100;

    /// <summary>A stream longer than this is spooled to a temporary file that is deleted when the mail is disposed. 2 MB.</summary>
    public int SpoolAboveBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>The folder for spooled messages; the system's when null.</summary>
    public string? TempFolder { get; init; }
}
