using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Solodesk.Channels.Bot;
using Solodesk.Chat.Settings;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Chat.Talk;

/// <summary>Asks the bot, where there is one; whatever goes wrong with it ends with a person.</summary>
internal sealed partial class BotDesk(IServiceScopeFactory scopes, IServiceProviderIsService known, Solodesk.Data.Settings settings, IDbContextFactory<DeskDb> dbs, Phrases phrases, ILogger<BotDesk> log)
{
    private const int Remembered = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async ValueTask<bool> AnswersFirstAsync(CancellationToken ct)
        => known.IsService(typeof(IBot)) && (await settings.ReadAsync<ChatSettings>(ct)).BotFirst && await IsOnAsync(ct);

    /// <summary>Whether there is a bot and it is switched on.</summary>
    public async ValueTask<bool> IsOnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<IBot>() is { } bot && await bot.IsOnAsync(ct);
    }

    public async ValueTask<string> NameAsync(string? language, CancellationToken ct)
        => (await settings.ReadAsync<ChatSettings>(ct)).BotName is { Length: > 0 } own ? own : phrases.In(language, "chat.bot", (await settings.ReadAsync<BusinessSettings>(ct)).Name);

    /// <summary>The bot's first words to somebody who has said nothing yet; null when there is no bot or it has none.</summary>
    public async Task<BotTurn?> GreetAsync(Visitor visitor, CancellationToken ct)
        => await AnswersFirstAsync(ct) && await AskAsync(new BotQuestion(visitor.Id, "", visitor.Language, "chat", [], null), ct) is { Kind: BotTurnKind.Greeting } turn ? turn : null;

    /// <summary>The bot's answer to what the visitor said last, and the line up to which it has heard.</summary>
    public async Task<(BotTurn Turn, long Heard)?> AnswerAsync(Guid conversation, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var chat = await db.Set<ChatConversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversation, ct);
        if (chat is not { BotActive: true, BotDueAt: not null })
        {
            return null;
        }

        var lines = await db.Set<ChatLine>().AsNoTracking().Where(l => l.ConversationId == conversation && l.MessageId != null)
            .Join(db.Set<Message>(), l => l.MessageId, m => (Guid?)m.Id, (l, m) => new { Line = l, m.Body })
            .OrderByDescending(l => l.Line.Seq).Take(Remembered).ToListAsync(ct);
        lines.Reverse();
        var last = lines.FindLastIndex(l => l.Line.Kind != ChatLineKind.Visitor);
        var asked = string.Join('\n', lines.Skip(last + 1).Select(l => l.Body));
        var before = lines.Take(last + 1).Select(l => new BotExchange(l.Line.Kind != ChatLineKind.Visitor, l.Body,
            Enum.TryParse<BotTurnKind>(l.Line.Bot.Kind, out var kind) ? kind : null)).ToList();
        var turn = await AskAsync(new BotQuestion(conversation, asked, chat.Language, "chat", before, await CustomerAsync(db, chat, ct)), ct)
            ?? Lost(chat.Language);
        return (turn, chat.LastSeq);
    }

    /// <summary>What is said when the bot cannot speak.</summary>
    public BotTurn Lost(string? language) => new(BotTurnKind.HandOver, phrases.In(language, "chat.bot.lost"), [], [], 0, "error");

    private async Task<BotTurn?> AskAsync(BotQuestion question, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (scope.ServiceProvider.GetService<IBot>() is not { } bot)
            {
                return null;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            return await bot.AnswerAsync(question, limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogLost(log, e, question.Conversation);
            return null;
        }
    }

    // Only what the site has proven; an address that somebody typed proves nothing.
    private static async Task<BotCustomer?> CustomerAsync(DeskDb db, ChatConversation chat, CancellationToken ct)
        => chat.SiteUser is null ? null : await db.Set<Ticket>().Where(t => t.Id == chat.TicketId)
            .Join(db.Set<Customer>(), t => t.CustomerId, c => c.Id, (t, c) => new BotCustomer(c.Id, c.Name,
                c.Addresses.Where(a => a.Kind == AddressKind.Email).OrderByDescending(a => a.Primary).Select(a => a.Value).FirstOrDefault())).SingleOrDefaultAsync(ct);

    [LoggerMessage(Level = LogLevel.Error, Message = "The bot did not answer in conversation {Conversation}; a person is asked")]
    private static partial void LogLost(ILogger logger, Exception exception, Guid conversation);
}
