using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>Disconnects a mail account. Its mails and tickets stay; what still waited to be sent goes out by another mailbox, if there is one.</summary>
[UseCase]
public sealed class RemoveMailbox(DeskWriter writer, MailboxSignal signal, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        var removed = await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } mailbox)
            {
                return Problem.NotFound("mailbox");
            }

            db.Remove(mailbox);
            db.Add(AuditEntry.Of(actor, clock.GetUtcNow(), "mailbox.removed", mailbox.Address));
            var heir = await db.Set<Mailbox>().Where(m => m.Id != id && m.Active).OrderBy(m => m.CreatedAt).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
            if (heir is { } next)
            {
                await db.Set<OutgoingMail>().Where(m => m.MailboxId == id && m.State == DeliveryState.Queued)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.MailboxId, next), ct);
            }

            return Done.It;
        }, ct);
        signal.Raise();
        return removed;
    }
}
