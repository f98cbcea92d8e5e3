using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>Up to where either side has read. Told at once, written every few seconds together: losing the newest costs nobody anything.</summary>
internal sealed class ReadMarks(IDatabase database, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, (long Visitor, long Desk)> _pending = new();

    public void Visitor(Guid conversation, long seq) => _pending.AddOrUpdate(conversation, (seq, 0), (_, m) => (Math.Max(m.Visitor, seq), m.Desk));

    public void Desk(Guid conversation, long seq) => _pending.AddOrUpdate(conversation, (0, seq), (_, m) => (m.Visitor, Math.Max(m.Desk, seq)));

    /// <summary>Up to where the visitor has read, as far as that is not written yet.</summary>
    public long VisitorPending(Guid conversation) => _pending.TryGetValue(conversation, out var mark) ? mark.Visitor : 0;

    public async Task FlushAsync(CancellationToken ct)
    {
        if (_pending.IsEmpty)
        {
            return;
        }

        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = clock.GetUtcNow();
            foreach (var id in _pending.Keys.ToList())
            {
                if (_pending.TryRemove(id, out var mark))
                {
                    // Never beyond what was said, whatever a widget claims; never back.
                    await db.Set<ChatConversation>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s
                        .SetProperty(c => c.VisitorReadSeq, c => mark.Visitor > c.LastSeq ? c.LastSeq : mark.Visitor > c.VisitorReadSeq ? mark.Visitor : c.VisitorReadSeq)
                        .SetProperty(c => c.DeskReadSeq, c => mark.Desk > c.LastSeq ? c.LastSeq : mark.Desk > c.DeskReadSeq ? mark.Desk : c.DeskReadSeq)
                        .SetProperty(c => c.SeenAt, c => mark.Visitor > 0 ? now : c.SeenAt), ct);
                }
            }

            await transaction.CommitAsync(ct);
        }
    }
}
