using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>Puts the desk's own letters into the same outbox as every answer, with the same patience.</summary>
internal sealed class EmailPost(TimeProvider clock) : IDeskPost
{
    public async Task<bool> QueueAsync(DeskDb db, DeskLetter letter, CancellationToken ct)
    {
        var mailbox = await db.Set<Mailbox>().AsNoTracking().Where(m => m.Active && m.SmtpHost != "").OrderBy(m => m.CreatedAt).FirstOrDefaultAsync(ct);
        if (mailbox is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.Add(new OutgoingMail
        {
            Id = Ids.New(clock),
            MailboxId = mailbox.Id,
            Letter = letter,
            Recipients = [CustomerAddress.Normalize(AddressKind.Email, letter.To)],
            Automatic = true,
            CreatedAt = now,
            DueAt = now,
        });
        return true;
    }
}
