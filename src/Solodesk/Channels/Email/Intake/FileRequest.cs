using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Mail;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Email.Intake;

/// <summary>What a person wrote becomes a message: of the ticket that it answers, or of a new one.</summary>
[UseCase]
internal sealed class FileRequest(Conversation conversation, ContinueTicket continues, FindCustomer customers, Acknowledge acknowledge, IntakeWords words)
{
    /// <summary>Appends or opens; the second value says whether the desk may answer it by itself.</summary>
    public async Task<(Verdict Verdict, bool Answers)> FileAsync(Filing filing, CancellationToken ct)
    {
        if (await filing.ThreadAsync(ct) is not { } thread)
        {
            return await OpenAsync(filing, followUpOf: null, spam: null, ct);
        }

        if (await Threads.IsAsideAsync(filing.Db, thread.Ticket, filing.Letter.Author?.Address, ct))
        {
            // Somebody to whom we passed a message on: the customer is not to read what they answer.
            var author = await PersonAsync(filing, filing.Letter.Author, ct);
            var aside = await conversation.AsideAsync(filing.Db, thread.Ticket, Actor.Customer(author.Id, author.Name),
                filing.Letter.Said(MessageKind.Aside, filing.Row.Id, words.Clock), ct);
            return (new Verdict(MailOutcome.Appended, thread.Ticket, aside), false);
        }

        var (ticket, over) = await continues.FindAsync(filing.Db, thread.Ticket, ct);
        if (ticket is null)
        {
            return await OpenAsync(filing, over, spam: null, ct);
        }

        var message = await AppendAsync(filing, ticket, ct);
        return (new Verdict(MailOutcome.Appended, ticket, message), await acknowledge.MayAsync(filing, ticket, ct));
    }

    /// <summary>Adds the mail to a ticket as what its author said.</summary>
    public async Task<Message> AppendAsync(Filing filing, Ticket ticket, CancellationToken ct)
    {
        var author = await PersonAsync(filing, filing.Letter.Author ?? filing.Letter.Customer, ct);
        return await conversation.ReceiveAsync(filing.Db, ticket, Actor.Customer(author.Id, author.Name),
            filing.Letter.Said(MessageKind.Inbound, filing.Row.Id, words.Clock), ct);
    }

    /// <summary>Opens a ticket; <paramref name="spam"/> holds the proof when it goes to the spam list.</summary>
    public async Task<(Verdict Verdict, bool Answers)> OpenAsync(Filing filing, Ticket? followUpOf, string? spam, CancellationToken ct)
    {
        var (db, letter) = (filing.Db, filing.Letter);
        var customer = await PersonAsync(filing, letter.Customer, ct);
        var actor = Actor.Customer(customer.Id, customer.Name);
        var subject = Markers.Without(letter.Mail.Subject).Trim();
        var request = new NewTicket(subject.Length > 0 ? subject : words.SubjectFor(letter), customer.Id, "email")
        {
            OrganizationId = customer.OrganizationId,
            MailboxId = letter.Mailbox?.Id,
            Language = letter.Body.Language ?? customer.Language,
            Spam = spam is not null,
        };
        var ticket = followUpOf is null ? await conversation.OpenAsync(db, actor, request, ct) : await continues.FollowUpAsync(db, followUpOf, actor, request, ct);
        customer.TicketCount++;
        var message = await conversation.ReceiveAsync(db, ticket, actor, letter.Said(MessageKind.Inbound, filing.Row.Id, words.Clock), ct);
        if (spam is not null)
        {
            db.Add(TicketEvent.Of(ticket, Actor.System, words.Clock.GetUtcNow(), TicketEventKind.MarkedSpam, to: spam, message: message.Id));
            return (new Verdict(MailOutcome.Spam, ticket, message, spam), false);
        }

        var answers = await acknowledge.RunAsync(filing, ticket, customer, ct);
        return (new Verdict(MailOutcome.Created, ticket, message), answers);
    }

    /// <summary>The customer behind an address; what no mail program could answer to is kept as it stands.</summary>
    public async Task<Customer> PersonAsync(Filing filing, MailboxAddress? address, CancellationToken ct)
    {
        var (db, language) = (filing.Db, filing.Letter.Body.Language);
        if (address is null || address.Address.Trim().Length == 0)
        {
            return await customers.ByAnyAsync(db, AddressKind.External, "mail:nobody", words.Nobody, language, ct);
        }

        var known = db.Set<Customer>().Local.FirstOrDefault(c => c.Addresses.Exists(a => a.Normal == CustomerAddress.Normalize(AddressKind.Email, address.Address)));
        return known ?? await customers.ByEmailAsync(db, address.Address, address.Name, language, ct)
            ?? await customers.ByAnyAsync(db, AddressKind.External, Conversation.Shorten(address.Address, 300), address.Name, language, ct);
    }
}

/// <summary>The few words of its own that the intake needs, and its clock.</summary>
[UseCase]
internal sealed class IntakeWords(Phrases phrases, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public string Nobody => phrases.In(Phrases.Fallback, "mail.nobody");

    /// <summary>A mail without a subject is known by its first line.</summary>
    public string SubjectFor(Letter letter)
    {
        var line = letter.Body.Written.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length > 0 ? Conversation.Shorten(line.ToString(), 80) : phrases.In(letter.Body.Language, "mail.no_subject");
    }
}
