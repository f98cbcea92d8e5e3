using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>
/// Looks after the answers that the bot owes: one that was forgotten (its turn could not be written, its node went down) is asked for once
/// more, and one that does not come at all ends with a person. Nobody waits for ever for a bot.
/// </summary>
[UseCase]
internal sealed class KeepBotDue(IDbContextFactory<DeskDb> dbs, BotQueue queue, TakeBotTurn turns, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <summary>Longer than the bot may think.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(75);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var late = now - AskAgain;
        List<(Guid Id, DateTimeOffset Due)> owed;
        await using (var db = await dbs.CreateDbContextAsync(ct))
        {
            owed = [.. (await db.Set<ChatConversation>().AsNoTracking().Where(c => c.BotDueAt != null && c.BotDueAt <= late).OrderBy(c => c.BotDueAt)
                .Select(c => new { c.Id, Due = c.BotDueAt!.Value }).Take(AtOnce).ToListAsync(ct)).Select(c => (c.Id, c.Due))];
        }

        foreach (var (id, due) in owed)
        {
            if (now - due < GiveUp)
            {
                queue.Ask(id);
            }
            else
            {
                await turns.GiveUpAsync(id, ct);
            }
        }
    }
}
