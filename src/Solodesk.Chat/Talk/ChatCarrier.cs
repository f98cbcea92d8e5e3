using Microsoft.EntityFrameworkCore;
using Solodesk.Chat.Settings;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>
/// Brings our answers into the visitor's open widget. Each is also due as a mail a little later; that is called off when the visitor sees it.
/// </summary>
internal sealed class ChatCarrier(ChatLog log, Solodesk.Data.Settings settings, TimeProvider clock) : IMessageCarrier
{
    public int Order => 10;

    public async Task<bool> CarryAsync(DeskDb db, Ticket ticket, Message message, Customer customer, CancellationToken ct)
    {
        var chat = await db.Set<ChatConversation>().Where(c => c.TicketId == ticket.Id).OrderByDescending(c => c.StartedAt).FirstOrDefaultAsync(ct);
        // What goes to others as well is a mail, and so is an answer into a conversation that is over; the widget shows it all the same.
        if (chat is not { OpenFor: not null } || message.To.Count + message.Cc.Count + message.Bcc.Count > 0)
        {
            return false;
        }

        var wait = (await settings.ReadAsync<ChatSettings>(ct)).MailAfterSeconds;
        await log.AddAgentAsync(db, chat, message, clock.GetUtcNow().AddSeconds(wait), ct);
        return true;
    }
}
