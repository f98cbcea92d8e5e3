using Microsoft.EntityFrameworkCore;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Settings;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>
/// Sends answers by mail that nobody was there to see. Who has the page open is waited for, but not for ever; a node whose visitor is here moves the time on
/// before it comes, so that another node does not take them for gone.
/// </summary>
[UseCase]
internal sealed class MailTheUnread(
    DeskWriter writer, IDbContextFactory<DeskDb> dbs, IServiceProvider services, ChatLinks links, Solodesk.Data.Settings settings, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <summary>A page that is open for so long after an answer and has not shown it lies behind others, or on a machine that nobody sits at.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var wait = TimeSpan.FromSeconds((await settings.ReadAsync<ChatSettings>(ct)).MailAfterSeconds);
        var (now, soon) = (clock.GetUtcNow(), clock.GetUtcNow() + (wait / 2));
        await using var db = await dbs.CreateDbContextAsync(ct);
        var due = await db.Set<ChatLine>().AsNoTracking().Where(l => l.MailDueAt != null && l.MailDueAt <= soon)
            .Join(db.Set<ChatConversation>(), l => l.ConversationId, c => c.Id, (l, c) => new { l.ConversationId, l.Seq, l.At, Due = l.MailDueAt!.Value, c.VisitorId, c.VisitorReadSeq })
            .OrderBy(l => l.Due).ThenBy(l => l.Seq).Take(AtOnce).ToListAsync(ct);
        foreach (var line in due)
        {
            var back = links.LastHere(line.VisitorId) + wait;
            if (line.Seq <= line.VisitorReadSeq)
            {
                await MoveAsync(line.ConversationId, line.Seq, null, ct);
            }
            else if (now - line.At < Forgotten && (links.IsHere(line.VisitorId) || back > now))
            {
                await MoveAsync(line.ConversationId, line.Seq, back > now ? back : now + wait, ct);
            }
            else if (line.Due <= now)
            {
                await MailAsync(line.ConversationId, line.Seq, ct);
            }
        }
    }

    private Task MoveAsync(Guid conversation, long seq, DateTimeOffset? to, CancellationToken ct)
        => writer.RunAsync<Done>(async db =>
        {
            await db.Set<ChatLine>().Where(l => l.ConversationId == conversation && l.Seq == seq && l.MailDueAt != null).ExecuteUpdateAsync(s => s.SetProperty(l => l.MailDueAt, to), ct);
            return Done.It;
        }, ct);

    private Task MailAsync(Guid conversation, long seq, CancellationToken ct)
        => writer.RunAsync<Done>(async db =>
        {
            // Whoever takes the time away sends; another node finds none.
            if (await db.Set<ChatLine>().Where(l => l.ConversationId == conversation && l.Seq == seq && l.MailDueAt != null)
                .ExecuteUpdateAsync(s => s.SetProperty(l => l.MailDueAt, (DateTimeOffset?)null), ct) == 0)
            {
                return Done.It;
            }

            var line = await db.Set<ChatLine>().AsNoTracking().SingleAsync(l => l.ConversationId == conversation && l.Seq == seq, ct);
            var message = await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == line.MessageId, ct);
            var ticket = message is null ? null : await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == message.TicketId, ct);
            if (message is null || ticket is null)
            {
                return Done.It;
            }

            var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
            foreach (var carrier in services.GetCarriers().Where(c => c is not ChatCarrier))
            {
                if (await carrier.CarryAsync(db, ticket, message, customer, ct))
                {
                    db.Add(TicketEvent.Of(ticket, Actor.Customer(customer.Id, customer.Name), clock.GetUtcNow(), TicketEventKind.LeftChat, message: message.Id));
                    break;
                }
            }

            return Done.It;
        }, ct);
}
