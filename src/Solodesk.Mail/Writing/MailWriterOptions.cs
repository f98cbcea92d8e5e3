namespace Solodesk.Mail.Writing;

/// <summary>What the way to the recipient allows, and the clock.</summary>
public sealed record MailWriterOptions
{
    /// <summary>Headers and addresses may be raw UTF-8 (RFC 6532): only for a server that offers SMTPUTF8.</summary>
    public bool Utf8Headers { get; init; }

    /// <summary>Bodies may be 8-bit (RFC 6152): only for a server that offers 8BITMIME. Otherwise the message is pure ASCII.</summary>
    public bool EightBitBodies { get; init; }

    /// <summary>Makes boundaries repeatable: two drafts of the same content and seed are written alike. Null takes random ones.</summary>
    internal string? BoundarySeed { get; init; }

    /// <summary>Gives the date of a draft that has none.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
