using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>Adds lines to conversations, inside the caller's transaction; every line gets the next number.</summary>
[UseCase]
internal sealed class ChatLog(TimeProvider clock, ChatNews news)
{
    public ChatLine Add(DeskDb db, ChatConversation conversation, ChatLineKind kind, Message? message = null, string? clientId = null, BotLine? bot = null, DateTimeOffset? mailDueAt = null)
    {
        conversation.LastSeq++;
        var line = new ChatLine
        {
            ConversationId = conversation.Id,
            Seq = conversation.LastSeq,
            Kind = kind,
            MessageId = message?.Id,
            ClientId = clientId,
            HasFiles = message?.Attachments.Count > 0,
            Bot = bot ?? new(),
            At = message?.CreatedAt ?? clock.GetUtcNow(),
            MailDueAt = mailDueAt,
        };
        db.Add(line);
        if (message is not null)
        {
            news.Lined(message.Id);
        }

        return line;
    }

    /// <summary>A person speaks: the bot is silent from now on, and the first time it is said that they came.</summary>
    public async Task AddAgentAsync(DeskDb db, ChatConversation conversation, Message message, DateTimeOffset? mailDueAt, CancellationToken ct)
    {
        conversation.BotActive = false;
        conversation.BotDueAt = null;
        if (!await db.Set<ChatLine>().AnyAsync(l => l.ConversationId == conversation.Id && l.Kind == ChatLineKind.Joined, ct))
        {
            Add(db, conversation, ChatLineKind.Joined);
        }

        Add(db, conversation, ChatLineKind.Agent, message, mailDueAt: mailDueAt);
    }

    /// <summary>Lines for what came into the ticket by other ways: a mail that answers, the customer's own page, a program.</summary>
    public async Task<bool> CatchUpAsync(DeskDb db, ChatConversation conversation, CancellationToken ct)
    {
        var missing = await Missing(db, conversation.TicketId, conversation.StartedAt).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Include(m => m.Attachments.OrderBy(a => a.Id)).ToListAsync(ct);
        foreach (var message in missing)
        {
            if (message.Kind == MessageKind.Inbound)
            {
                Add(db, conversation, ChatLineKind.Visitor, message);
            }
            else
            {
                await AddAgentAsync(db, conversation, message, mailDueAt: null, ct);
            }
        }

        return missing.Count > 0;
    }

    public static IQueryable<Message> Missing(DeskDb db, Guid ticket, DateTimeOffset since)
        => db.Set<Message>().Where(m => m.TicketId == ticket && m.CreatedAt >= since && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply)
            && !db.Set<ChatLine>().Any(l => l.MessageId == m.Id));
}
