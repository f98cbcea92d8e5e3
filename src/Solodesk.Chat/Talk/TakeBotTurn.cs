using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Bot;
using Solodesk.Chat.Protocol;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>Lets the bot answer once: its words become a message and a line in the transaction that says it owes nothing any more.</summary>
[UseCase]
internal sealed class TakeBotTurn(DeskWriter writer, Conversation conversation, BotDesk bot, HandOver handOver, ChatLog log, ChatLinks links, TimeProvider clock)
{
    private const int Attempts = 5;

    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await bot.AnswerAsync(id, ct) is not var (turn, heard))
            {
                return;
            }

            // The visitor may have gone on writing while it thought: then it thinks again, about all of it.
            var said = await writer.RunAsync<Guid?>(db => SayAsync(db, id, turn, heard, attempt == Attempts - 1, ct), ct);
            if (said is { Ok: true, Value: { } visitor })
            {
                links.Wake(visitor);
                return;
            }
        }
    }

    /// <summary>No answer came, or none that could be written: in plain words, a person is asked.</summary>
    public async Task GiveUpAsync(Guid id, CancellationToken ct)
    {
        var said = await writer.RunAsync<Guid?>(async db =>
        {
            var chat = await db.Set<ChatConversation>().SingleOrDefaultAsync(c => c.Id == id, ct);
            return await SayAsync(db, id, bot.Lost(chat?.Language), chat?.LastSeq ?? 0, anyway: true, ct);
        }, ct);
        if (said is { Ok: true, Value: { } visitor })
        {
            links.Wake(visitor);
        }
    }

    /// <summary>Null when there was more to hear.</summary>
    private async Task<Result<Guid?>> SayAsync(DeskDb db, Guid id, BotTurn turn, long heard, bool anyway, CancellationToken ct)
    {
        var chat = await db.Set<ChatConversation>().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (chat is not { BotActive: true, BotDueAt: not null })
        {
            return chat?.VisitorId ?? Guid.Empty;
        }

        if (chat.LastSeq != heard && !anyway)
        {
            return (Guid?)null;
        }

        var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == chat.TicketId, ct);
        var name = await bot.NameAsync(chat.Language, ct);
        var actor = new Actor(ActorKind.System, null, name, Role.Owner);
        var message = await conversation.AnswerAsync(db, ticket, actor, new NewMessage(MessageKind.Reply, turn.Text)
        {
            Channel = "chat",
            Language = chat.Language,
            Automatic = true,
        }, ct);
        log.Add(db, chat, ChatLineKind.Bot, message, bot: LineOf(turn));
        db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), TicketEventKind.BotAnswered, to: turn.Reason, message: message.Id));
        chat.BotDueAt = null;
        if (turn.Kind == BotTurnKind.HandOver)
        {
            await handOver.StepAsync(db, chat, ticket, actor, ct);
        }
        else if (ticket.NeedsUs)
        {
            // It is the visitor's turn: the founder sees the ticket when the bot gives up or somebody asks for a person.
            ticket.SetStatus(TicketStatus.Pending, clock.GetUtcNow());
            ticket.Unread = false;
        }

        return chat.VisitorId;
    }

    private static BotLine LineOf(BotTurn turn) => new()
    {
        Kind = turn.Kind.ToString(),
        Reason = turn.Reason,
        Confidence = Math.Round(turn.Confidence, 3),
        Sources = [.. turn.Sources.Select(s => new BotLineSource(s.Title, s.Url))],
        Choices = [.. turn.Choices],
        Fields = [.. turn.Fields.Select(f => new BotLineField(f.Name, f.Label, f.Kind))],
    };
}
