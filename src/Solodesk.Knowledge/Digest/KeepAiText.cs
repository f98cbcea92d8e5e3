using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Knowledge.Digest;

/// <summary>Keeps and finds what the AI service wrote about tickets and messages.</summary>
[UseCase]
internal sealed class KeepAiText(IDbContextFactory<DeskDb> dbs, IDatabase database, DeskWriter writer, TimeProvider clock)
{
    public async Task<AiText?> FindAsync(string kind, Guid subject, string language, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<AiText>().AsNoTracking().SingleOrDefaultAsync(t => t.Kind == kind && t.SubjectId == subject && t.Language == language, ct);
    }

    public async Task RunAsync(string kind, Guid subject, string language, Dictionary<string, string> parts, int messages, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await writer.RunAsync<Done>(async db =>
                {
                    var text = await db.Set<AiText>().SingleOrDefaultAsync(t => t.Kind == kind && t.SubjectId == subject && t.Language == language, ct);
                    if (text is null)
                    {
                        text = new AiText { Id = Ids.New(clock), Kind = kind, SubjectId = subject, Language = language };
                        db.Add(text);
                    }

                    (text.Parts, text.Messages, text.At) = (parts, messages, clock.GetUtcNow());
                    return Done.It;
                }, ct);
                return;
            }
            catch (DbUpdateException e) when (attempt < 3 && database.IsDuplicate(e))
            {
                // Pressed twice: the second finds the first one's row now.
            }
        }
    }
}
