using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>The headers of a message, understood.</summary>
internal sealed class MessageHeaders
{
    private readonly MimeContext _context;

    public MessageHeaders(HeaderBlock block, MimeContext context)
    {
        Block = block;
        _context = context;
        From = Addresses("From");
        Sender = Addresses("Sender") is [var sender, ..] ? sender : null;
        ReplyTo = Addresses("Reply-To");
        To = Addresses("To");
        Cc = Addresses("Cc");
        Bcc = Addresses("Bcc");
        Subject = block.Value("Subject") ?? "";
        Date = ReadDate();
        MessageId = Ids("Message-ID", 1) is [var id, ..] ? id : null;
        InReplyTo = Ids("In-Reply-To", context.Options.MaxReferences);
        References = Ids("References", context.Options.MaxReferences);
    }

    public HeaderBlock Block { get; }
    public IReadOnlyList<MailboxAddress> From { get; }
    public MailboxAddress? Sender { get; }
    public IReadOnlyList<MailboxAddress> ReplyTo { get; }
    public IReadOnlyList<MailboxAddress> To { get; }
    public IReadOnlyList<MailboxAddress> Cc { get; }
    public IReadOnlyList<MailboxAddress> Bcc { get; }
    public string Subject { get; }
    public DateTimeOffset? Date { get; }
    public string? MessageId { get; }
    public IReadOnlyList<string> InReplyTo { get; }
    public IReadOnlyList<string> References { get; }

    public string? Value(string name) => Block.Value(name);

    /// <summary>All fields of the name are read: a second To is not lost.</summary>
    public IReadOnlyList<MailboxAddress> Addresses(string name)
    {
        IReadOnlyList<MailboxAddress> all = [];
        foreach (var field in Block.All(name))
        {
            var found = AddressParser.Parse(field.Unfolded, _context.Options.MaxAddresses, out var cut);
            if (cut) _context.Warn("addresses-cut", $"{name} holds more than {_context.Options.MaxAddresses} addresses; the rest was left out.");
            all = all.Count == 0 ? found : [.. all, .. found];
            if (all.Count >= _context.Options.MaxAddresses) break;
        }
        return all;
    }

    private IReadOnlyList<string> Ids(string name, int limit)
    {
        var text = Block.Unfolded(name);
        // Some writers encode ids that need no encoding.
        if (text?.Contains("=?", StringComparison.Ordinal) == true) text = Block.Value(name);
        var ids = MessageIds.Parse(text, limit, out var cut);
        if (cut && limit > 1) _context.Warn("references-cut", $"{name} holds more than {limit} ids; the first and the last ones were kept.");
        return ids;
    }

    /// <summary>Date, or the delivery date of the newest Received when Date cannot be read.</summary>
    private DateTimeOffset? ReadDate()
    {
        var text = Block.Unfolded("Date");
        if (MailDate.Parse(text) is { } date) return date;
        if (!string.IsNullOrWhiteSpace(text)) _context.Warn("date-unreadable", $"The date \"{(text.Length > 60 ? text[..60] : text)}\" cannot be read.");
        foreach (var received in Block.All("Received"))
        {
            if (received.Unfolded.LastIndexOf(';') is var at and >= 0 && MailDate.Parse(received.Unfolded[(at + 1)..]) is { } arrived)
            {
                _context.Warn("date-from-received", "The date was taken from the newest Received header.");
                return arrived;
            }
        }
        return null;
    }
}
