using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>What a writer had before their eyes when they sent.</summary>
/// <param name="Message">The last message that was shown.</param>
/// <param name="Waiting">The answers that were shown as waiting to leave; they are messages of the same ids by now.</param>
public sealed record Seen(Guid Message, IReadOnlyList<Guid> Waiting);

/// <summary>Holds an answer back when somebody wrote or answered after the writer last looked.</summary>
public static class StaleGuard
{
    private const int Shown = 5;

    /// <summary>One thing that the writer has not seen.</summary>
    /// <param name="Id">The message, or the waiting answer.</param>
    /// <param name="Who">Who wrote it.</param>
    /// <param name="At">When.</param>
    /// <param name="Text">Its words.</param>
    /// <param name="Leaving">An answer of ours that is about to leave.</param>
    public sealed record News(Guid Id, string Who, DateTimeOffset At, string Text, bool Leaving);

    /// <summary>What is new since then, oldest first.</summary>
    public static async Task<IReadOnlyList<News>> NewsAsync(DeskDb db, Guid ticket, Seen seen, CancellationToken ct)
    {
        if (await db.Set<Message>().Where(m => m.Id == seen.Message).Select(m => (DateTimeOffset?)m.CreatedAt).SingleOrDefaultAsync(ct) is not { } at)
        {
            return [];
        }

        var waiting = seen.Waiting.ToList();
        var said = await db.Set<Message>().AsNoTracking()
            .Where(m => m.TicketId == ticket && m.CreatedAt > at && !m.Automatic && m.Kind != MessageKind.System && !waiting.Contains(m.Id))
            .OrderBy(m => m.CreatedAt).Take(Shown).Select(m => new News(m.Id, m.AuthorName, m.CreatedAt, m.Body, false)).ToListAsync(ct);
        var leaving = await db.Set<HeldReply>().AsNoTracking()
            .Where(h => h.TicketId == ticket && h.State == HeldState.Waiting && h.CreatedAt > at && !waiting.Contains(h.Id))
            .OrderBy(h => h.CreatedAt).Take(Shown).Select(h => new News(h.Id, h.AuthorName, h.CreatedAt, h.Markdown, true)).ToListAsync(ct);
        return [.. said, .. leaving];
    }

    /// <summary>The refusal, when there is anything new.</summary>
    public static async Task<Problem?> CheckAsync(DeskDb db, Guid ticket, Seen? seen, CancellationToken ct)
        => seen is not null && await NewsAsync(db, ticket, seen, ct) is { Count: > 0 } news
            ? new Problem("message.stale", news.Count, news[^1].Who) : null;
}
