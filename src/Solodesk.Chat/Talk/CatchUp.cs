using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>Gives lines to what came into a conversation's ticket by other ways than the chat.</summary>
[UseCase]
internal sealed class CatchUp(DeskWriter writer, IDatabase database, IDbContextFactory<DeskDb> dbs, ChatLog log)
{
    public async Task RunAsync(Guid conversation, CancellationToken ct)
    {
        await using var read = await dbs.CreateDbContextAsync(ct);
        var chat = await read.Set<ChatConversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversation, ct);
        if (chat is null || !await ChatLog.Missing(read, chat.TicketId, chat.StartedAt).AnyAsync(ct))
        {
            return;
        }

        try
        {
            await writer.RunAsync<Done>(async db =>
            {
                await log.CatchUpAsync(db, await db.Set<ChatConversation>().SingleAsync(c => c.Id == conversation, ct), ct);
                return Done.It;
            }, ct);
        }
        catch (DbUpdateException e) when (database.IsDuplicate(e))
        {
            // Another node gave it its line at the same moment.
        }
    }
}
