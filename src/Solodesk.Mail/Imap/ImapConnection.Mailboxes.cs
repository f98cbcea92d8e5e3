using System.Globalization;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;

namespace Solodesk.Mail.Imap;

/// <content>Mailboxes: list, open, create, append.</content>
public sealed partial class ImapConnection
{
    /// <summary>Names as the server sent them, where encoding them again would give something else.</summary>
    private readonly Dictionary<string, string> _oddNames = new(StringComparer.Ordinal);

    private bool SpeaksUtf8 => _enabled.Contains("UTF8=ACCEPT") || Capabilities.IsRev2Only;

    /// <summary>All mailboxes, with what each is for.</summary>
    public async Task<IReadOnlyList<ImapMailbox>> ListAsync(CancellationToken ct)
    {
        var mailboxes = new List<ImapMailbox>();
        var extended = Capabilities.Has("SPECIAL-USE") && Capabilities.Has("LIST-EXTENDED");
        await OkAsync(new(extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\""), response =>
        {
            if (response.Name != "LIST")
            {
                return false;
            }

            if (response.Values is [{ Items: { } attributes }, { } separator, { } name, ..] && name.AsText() is { } wire)
            {
                mailboxes.Add(ImapMailbox.From(
                    FromWire(wire),
                    separator.AsText() is { Length: > 0 } text ? text[0] : null,
                    [.. attributes.Select(attribute => attribute.AsText()).OfType<string>()]));
            }

            return true;
        }, ct);
        return mailboxes;
    }

    /// <summary>Opens a mailbox. Whatever was open before is closed.</summary>
    /// <param name="mailbox">Its name, decoded; “INBOX” in any case.</param>
    /// <param name="readOnly">Opens it so that nothing can be changed (EXAMINE).</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    /// <exception cref="MailConnectionException">With reason MailboxMissing when it does not exist, ClientRefused when the server does not want this program.</exception>
    public async Task<ImapSelected> SelectAsync(string mailbox, bool readOnly, CancellationToken ct)
    {
        var (uidValidity, uidNext, modSeq, flags) = (0u, 0u, (ulong?)null, (IReadOnlyList<string>)[]);
        Selected = null;
        _exists = 0;
        var command = Named(readOnly ? "EXAMINE" : "SELECT", mailbox);
        if (Capabilities.Has("CONDSTORE") || Capabilities.Has("QRESYNC"))
        {
            command.Add(" (CONDSTORE)");
        }

        var response = await _dialogue.RunAsync(command, untagged =>
        {
            switch (untagged.Code)
            {
                case "UIDVALIDITY":
                    uidValidity = Number(untagged.CodeText);
                    break;
                case "UIDNEXT":
                    uidNext = Number(untagged.CodeText);
                    break;
                case "HIGHESTMODSEQ" when ulong.TryParse(untagged.CodeText, NumberStyles.None, CultureInfo.InvariantCulture, out var highest):
                    modSeq = highest;
                    break;
                case "PERMANENTFLAGS":
                    flags = [.. untagged.CodeText.Trim('(', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries)];
                    break;
            }

            return false;
        }, ct);
        TakeCode(response);
        if (!response.IsOk)
        {
            throw ImapRefusal.Mailbox(_transport, response, mailbox);
        }

        _changes = ImapChanges.None;
        Selected = new(mailbox, uidValidity, uidNext, _exists, modSeq, response.Code == "READ-ONLY" || (readOnly && response.Code != "READ-WRITE"), flags);
        return Selected;
    }

    /// <summary>Makes a mailbox.</summary>
    public Task CreateAsync(string mailbox, CancellationToken ct) => OkAsync(Named("CREATE", mailbox), null, ct);

    /// <summary>Puts a message into a mailbox, as into Sent.</summary>
    /// <param name="mailbox">Its name.</param>
    /// <param name="message">The message, CRLF line ends, from its present position; read into memory first when it cannot seek.</param>
    /// <param name="flags">The flags it gets, such as <c>\Seen</c>.</param>
    /// <param name="received">The date that the server shall keep; null for now.</param>
    /// <param name="ct">Cancelling breaks the connection.</param>
    /// <returns>Its UID where the server says it (UIDPLUS), else null.</returns>
    public async Task<uint?> AppendAsync(string mailbox, Stream message, IReadOnlyList<string> flags, DateTimeOffset? received, CancellationToken ct)
    {
        if (!message.CanSeek)
        {
            var copy = new MemoryStream();
            await message.CopyToAsync(copy, ct);
            copy.Position = 0;
            message = copy;
        }

        var start = message.Position;
        // Raw UTF-8 in headers is only taken in an envelope of its own (RFC 6855 §4).
        var utf8 = SpeaksUtf8 && !Capabilities.IsRev2Only && (await MessageScan.OfAsync(message, ct)).HeadersAreUtf8;
        message.Position = start;
        var command = Named("APPEND", mailbox);
        command.Add(flags.Count > 0 ? $" ({Flags(flags)})" : "").Add(received is { } date ? " " + ImapCommand.Date(date) : "");
        command.Add(utf8 ? " UTF8 (" : " ").Literal(message, message.Length - start, binary: utf8).Add(utf8 ? ")" : "");
        var response = await _dialogue.RunAsync(command, null, ct);
        TakeCode(response);
        if (!response.IsOk)
        {
            throw ImapRefusal.Mailbox(_transport, response, mailbox);
        }

        return response.Code == "APPENDUID" && response.CodeText.Split(' ') is [_, var uid] ? Number(uid) : null;
    }

    private ImapCommand Named(string verb, string mailbox) => new ImapCommand(verb).String(ToWire(mailbox), SpeaksUtf8);

    private string ToWire(string name) => _oddNames.TryGetValue(name, out var odd) ? odd : SpeaksUtf8 ? name : ModifiedUtf7.Encode(name);

    private string FromWire(string wire)
    {
        var name = !SpeaksUtf8 && ModifiedUtf7.TryDecode(wire, out var decoded) ? decoded : wire;
        if (!SpeaksUtf8 && ModifiedUtf7.Encode(name) != wire)
        {
            _oddNames[name] = wire;
        }

        return name;
    }

    /// <summary>Flags as syntax: one that is no atom cannot be sent.</summary>
    private static string Flags(IReadOnlyList<string> flags) =>
        flags.All(flag => flag.Length > 0 && flag.TrimStart('\\', '$').All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '$'))
            ? string.Join(' ', flags)
            : throw new ArgumentException("A flag is made of letters, digits, -, _ and . only.", nameof(flags));

    private static uint Number(string text) => uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
