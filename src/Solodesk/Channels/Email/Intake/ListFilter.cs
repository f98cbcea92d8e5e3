using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Mailing lists and mail to the many. What comes by a list into a ticket's thread is kept beside it and marked unread; the rest stays in
/// the ledger, where a click makes a ticket of it.
/// </summary>
internal sealed class ListFilter(Conversation conversation, IntakeWords words) : IIntakeFilter
{
    private static readonly string[] BulkMarks =
        ["Precedence", "X-Precedence", "List-Unsubscribe", "Feedback-ID", "X-Campaign", "X-CampaignId", "X-Campaign-Id", "X-MC-User"];

    public int Order => 50;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        var letter = filing.Letter;
        if (letter.Kind != MailKind.List && !(IsBulk(letter) && await filing.ThreadAsync(ct) is null))
        {
            return null;
        }

        if (await filing.ThreadAsync(ct) is not { Ticket: { } ticket })
        {
            return new Verdict(MailOutcome.List, Why: letter.Proof);
        }

        var sender = new Actor(ActorKind.Customer, null, letter.Author?.Display ?? "", Role.None);
        var record = await conversation.RecordAsync(filing.Db, ticket, sender, letter.Said(MessageKind.System, filing.Row.Id, words.Clock),
            TicketEventKind.ListMail, letter.Proof, ct);
        ticket.Unread = true;
        return new Verdict(MailOutcome.List, ticket, record, letter.Proof);
    }

    /// <summary>Newsletters. A form or shop that writes in a customer's name gives their address in Reply-To and is a request.</summary>
    private static bool IsBulk(Letter letter)
        => letter.Kind == MailKind.Notification
            && letter.Mail.Evidence.Any(e => BulkMarks.Contains(e.Header, StringComparer.OrdinalIgnoreCase))
            && !(letter.Customer is { } customer && letter.Author is { } author && FindCustomer.IsEmail(customer.Address)
                && !string.Equals(DomainOf(customer.Address), DomainOf(author.Address), StringComparison.OrdinalIgnoreCase));

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
