using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Files;
using Solodesk.Mail;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>A mail as it was read, with all work on files done: what filing needs inside its transaction, which may run more than once.</summary>
internal sealed class Letter : IDisposable
{
    public required ParsedMail Mail { get; init; }
    public required LetterBody Body { get; init; }
    public required IReadOnlyList<LetterFile> Files { get; init; }

    /// <summary>Who wrote it: From. Only this address proves that somebody takes part in a ticket.</summary>
    public required MailboxAddress? Author { get; init; }

    /// <summary>Whom the ticket is for and answers go to: Reply-To where there is one.</summary>
    public required MailboxAddress? Customer { get; init; }

    /// <summary>The Message-ID, or a name made from the content where the sender gave none.</summary>
    public required string InternetId { get; init; }

    /// <summary>Hash of what a person would call the same mail, whatever way it took.</summary>
    public required string Fingerprint { get; init; }

    public required Mailbox? Mailbox { get; init; }

    /// <summary>Our own addresses, lower case.</summary>
    public required IReadOnlySet<string> OwnAddresses { get; init; }

    /// <summary>The secret that our Message-IDs are signed with.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Kinds matter less when the mail came by a list of our own: then a person wrote to us.</summary>
    public MailKind Kind { get; init; }

    /// <summary>Whether an automatic answer may go out, as far as the mail itself tells.</summary>
    public bool WouldAutoReply => Mail.WouldAutoReply && Author is { } author && !IsOwn(author.Address)
        && Customer is { } customer && !IsOwn(customer.Address) && FindCustomer.IsEmail(customer.Address);

    public bool IsOwn(string address) => OwnAddresses.Contains(CustomerAddress.Normalize(AddressKind.Email, address));

    /// <summary>What proves the kind, in one line for the history.</summary>
    public string? Proof => Mail.Evidence is [var first, ..] ? $"{first.Header}: {first.Value}" : null;

    /// <summary>The mail as something said; files become new rows each time, since a transaction may run again.</summary>
    public NewMessage Said(MessageKind kind, Guid mail, TimeProvider clock) => new(kind, Body.Written)
    {
        Channel = "email",
        Quoted = Body.Quoted,
        Html = Body.Html,
        Simplified = Body.Simplified,
        Language = Body.Language,
        FromAddress = Author?.Address,
        To = Addresses(Mail.To),
        Cc = Addresses(Mail.Cc),
        InternetId = Mail.MessageId,
        InReplyTo = Mail.InReplyTo.Count > 0 ? Mail.InReplyTo[0] : null,
        MailId = mail,
        Attachments = [.. Files.Select(f => new Attachment
        {
            Id = Ids.New(clock),
            Name = f.Name,
            MediaType = f.MediaType,
            Size = f.Stored.Size,
            Sha256 = f.Stored.Sha256,
            ContentId = f.ContentId,
            Inline = f.Inline,
            Token = f.Token,
            CreatedAt = clock.GetUtcNow(),
        })],
    };

    public void Dispose() => Mail.Dispose();

    private static string[] Addresses(IReadOnlyList<MailboxAddress> all)
        => [.. all.Select(a => a.Address).Where(a => a.Length is > 0 and <= 320).Distinct(StringComparer.OrdinalIgnoreCase).Take(200)];
}

/// <summary>What was said and what was only carried along.</summary>
/// <param name="Written">What is new, as plain text.</param>
/// <param name="Quoted">Quotes, signature, forwarded mail; null when there is none.</param>
/// <param name="Html">Sanitised, its pictures pointing to our files; null when the mail was plain text.</param>
/// <param name="Language">BCP 47, or null when there were no letters to tell by.</param>
/// <param name="Simplified">Whether the HTML was too much to draw, so that its plain text stands there.</param>
internal sealed record LetterBody(string Written, string? Quoted, string? Html, string? Language, bool Simplified = false);

/// <summary>A file of the mail, already in the store.</summary>
internal sealed record LetterFile(string Name, string MediaType, StoredFile Stored, string? ContentId, bool Inline, string Token);
