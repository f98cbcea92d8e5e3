using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Mail;
using Solodesk.Mail.Writing;
using Solodesk.Tickets;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Channels.Email;

/// <summary>Makes the mail of a message from what is on record: the same each time it is tried.</summary>
[UseCase]
internal sealed class OutgoingLetter(IDbContextFactory<DeskDb> dbs, IFileStore files, MailKey key, Settings settings, OutgoingBody bodies)
{
    private const int MaxReferences = 30;

    /// <summary>Null when the message or its ticket is gone.</summary>
    public async Task<MailDraft?> ForAsync(Guid messageId, Mailbox mailbox, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var message = await db.Set<Message>().AsNoTracking().Include(m => m.Attachments.OrderBy(a => a.Id)).SingleOrDefaultAsync(m => m.Id == messageId, ct);
        var ticket = message is null ? null : await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == message.TicketId, ct);
        if (message is null || ticket is null)
        {
            return null;
        }

        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var own = await settings.ReadAsync<MailSettings>(ct);
        var name = await db.Set<Customer>().Where(c => c.Id == ticket.CustomerId).Select(c => c.Name).SingleOrDefaultAsync(ct);
        var before = await db.Set<Message>().AsNoTracking()
            .Where(m => m.TicketId == ticket.Id && m.CreatedAt <= message.CreatedAt && m.Id != message.Id && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply))
            .OrderByDescending(m => m.CreatedAt).Take(MaxReferences).ToListAsync(ct);
        // Automatic mail repeats nothing: what a stranger wrote must not travel on under our name.
        var forward = message.Kind == MessageKind.Forward;
        var asked = own.QuoteLastMessage && !message.Automatic && !forward ? before.Find(m => m.Kind == MessageKind.Inbound) : null;
        var signature = message.Automatic ? ""
            : await Signatures.ForAsync(db, message.AuthorKind == ActorKind.Agent ? message.AuthorId : null, mailbox.Id, ticket.Language, ct);
        var (text, html) = bodies.Write(message, asked, business, Markers.For(ticket.Number, message.Id, key.Value), ticket.Number, signature);
        return new MailDraft
        {
            From = new MailboxAddress(mailbox.SenderName.Length > 0 ? mailbox.SenderName : business.Name, mailbox.Address),
            To = [.. message.To.Select((a, i) => new MailboxAddress(i == 0 && name != a && !forward ? name : null, a))],
            Cc = [.. message.Cc.Select(a => new MailboxAddress(null, a))],
            Bcc = [.. message.Bcc.Select(a => new MailboxAddress(null, a))],
            Subject = Markers.Subject(forward ? Fwd(ticket.Subject) : before.Exists(m => m.Kind == MessageKind.Inbound) ? Re(ticket.Subject) : ticket.Subject, ticket.Number),
            Text = text,
            Html = html,
            Date = message.CreatedAt,
            MessageId = message.InternetId,
            InReplyTo = message.InReplyTo,
            References = forward ? [] : ThreadReferences.Trim([.. before.OrderBy(m => m.CreatedAt).Select(m => m.InternetId).OfType<string>().Where(id => id != message.InReplyTo), .. message.InReplyTo is { } parent ? new[] { parent } : []]),
            Automatic = message.Automatic ? AutomaticMail.Replied : AutomaticMail.No,
            Headers = message.Automatic ? [new(OwnMailFilter.LoopHeader, mailbox.Address)] : [],
            Attachments = [.. message.Attachments.Select(File)],
        };
    }

    /// <summary>The mail of an outbox line: of its message, or of the letter that it carries itself.</summary>
    public async Task<MailDraft?> ForAsync(OutgoingMail mail, Mailbox mailbox, CancellationToken ct)
    {
        if (mail.Letter is not { } letter)
        {
            return await ForAsync(mail.MessageId, mailbox, ct);
        }

        var business = await settings.ReadAsync<BusinessSettings>(ct);
        return new MailDraft
        {
            From = new MailboxAddress(business.Name.Length > 0 ? business.Name : mailbox.SenderName, mailbox.Address),
            To = [new MailboxAddress(letter.Name, letter.To)],
            Subject = letter.Subject,
            Text = Markdown.ToPlain(letter.Body),
            Html = Markdown.ToHtml(letter.Body),
            Date = mail.CreatedAt,
            // The same each time it is tried, so that a server that took it twice shows it once.
            MessageId = $"desk.{mail.Id:N}@{mailbox.Address[(mailbox.Address.LastIndexOf('@') + 1)..]}",
            Automatic = AutomaticMail.Generated,
            Headers = [new(OwnMailFilter.LoopHeader, mailbox.Address)],
        };
    }

    private MailDraftAttachment File(Attachment file) => new()
    {
        Name = file.Name,
        MediaType = file.MediaType,
        ContentId = file.ContentId,
        Inline = file.Inline && file.ContentId is not null,
        Content = async ct => await files.OpenAsync(file.Sha256, ct)
            ?? throw new FileNotFoundException($"The attachment {file.Name} is not in the file store"),
    };

    private static string Fwd(string subject)
        => subject.StartsWith("Fwd:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("Fw:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("转发", StringComparison.Ordinal)
            ? subject : $"Fwd: {subject}";

    private static string Re(string subject)
        => subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("回复", StringComparison.Ordinal) || subject.StartsWith("答复", StringComparison.Ordinal)
            ? subject : $"Re: {subject}";
}
