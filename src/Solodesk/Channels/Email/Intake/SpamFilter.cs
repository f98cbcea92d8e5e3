using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// What the mail server marked as spam, and everything from blocked customers, goes to the spam list: out of the way, not lost. Somebody
/// who takes part in a ticket is heard whatever a spam filter thinks.
/// </summary>
internal sealed class SpamFilter(FileRequest request) : IIntakeFilter
{
    public int Order => 20;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        var letter = filing.Letter;
        if (letter.Kind == MailKind.Bounce)
        {
            return null;
        }

        if (await BlockedAsync(filing, ct) is { } blocked)
        {
            // One spam ticket for each blocked person, however often they write.
            var open = await filing.Db.Set<Ticket>().Where(t => t.CustomerId == blocked.Id && t.Spam).OrderByDescending(t => t.Number).FirstOrDefaultAsync(ct);
            return open is null ? (await request.OpenAsync(filing, null, "blocked", ct)).Verdict
                : new Verdict(MailOutcome.Spam, open, await request.AppendAsync(filing, open, ct), "blocked");
        }

        return letter.Mail.SpamEvidence is { } mark && await filing.ThreadAsync(ct) is null
            ? (await request.OpenAsync(filing, null, $"{mark.Header}: {mark.Value}", ct)).Verdict : null;
    }

    private static async Task<Customer?> BlockedAsync(Filing filing, CancellationToken ct)
    {
        string[] senders = [.. new[] { filing.Letter.Author, filing.Letter.Customer }.OfType<Mail.MailboxAddress>()
            .Select(a => CustomerAddress.Normalize(AddressKind.Email, a.Address)).Distinct()];
        return await filing.Db.Set<CustomerAddress>().Where(a => a.Kind == AddressKind.Email && senders.Contains(a.Normal))
            .Join(filing.Db.Set<Customer>(), a => a.CustomerId, c => c.Id, (a, c) => c).Where(c => c.Blocked).FirstOrDefaultAsync(ct);
    }
}
