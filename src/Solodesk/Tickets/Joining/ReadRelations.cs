using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Text.Tokens;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets.Joining;

/// <summary>The tickets around a ticket: linked ones, those it may be the same matter as, and merges and splits that can be taken back.</summary>
[UseCase]
public sealed class ReadRelations(IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    /// <summary>How alike two subjects must be, as shared tokens of all tokens, to be taken for one matter.</summary>
    public const double Alike = 0.4;

    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <param name="Linked">Tickets that somebody linked.</param>
    /// <param name="Same">Tickets that are perhaps about the same matter.</param>
    /// <param name="Undoable">Merges, splits and links that can be taken back.</param>
    /// <param name="Changes">Changes that can be taken back, by the time of their lines in the history.</param>
    /// <param name="MergedInto">Where its messages went.</param>
    public sealed record View(IReadOnlyList<Related> Linked, IReadOnlyList<Related> Same, IReadOnlySet<Guid> Undoable, IReadOnlyDictionary<DateTimeOffset, Guid> Changes, Related? MergedInto)
    {
        public static View None { get; } = new([], [], new HashSet<Guid>(), new Dictionary<DateTimeOffset, Guid>(), null);
    }

    public sealed record Related(Guid Id, long Number, string Subject, TicketStatus Status, DateTimeOffset At, string? Language);

    public async Task<View> RunAsync(Ticket ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ids = await db.Set<TicketLink>().Where(l => l.OneId == ticket.Id || l.OtherId == ticket.Id).OrderByDescending(l => l.At)
            .Select(l => l.OneId == ticket.Id ? l.OtherId : l.OneId).Take(20).ToListAsync(ct);
        var linked = ids.Count == 0 ? [] : await Project(db.Set<Ticket>().Where(t => ids.Contains(t.Id))).ToListAsync(ct);
        var since = clock.GetUtcNow() - Recent;
        var others = ticket.MergedIntoId is not null ? [] : await Project(db.Set<Ticket>()
            .Where(t => t.CustomerId == ticket.CustomerId && t.Id != ticket.Id && t.LastMessageAt >= since && !ids.Contains(t.Id)).StillOpen()
            .OrderByDescending(t => t.Number).Take(20)).ToListAsync(ct);
        var after = clock.GetUtcNow() - Regrouping.Undoable;
        var undoable = await db.Set<Regrouping>().Where(r => (r.IntoId == ticket.Id || r.FromId == ticket.Id) && r.UndoneAt == null && r.At >= after).Select(r => r.Id).Take(50).ToListAsync(ct);
        var changes = await db.Set<TicketUndo>().Where(u => u.TicketId == ticket.Id && u.UndoneAt == null && u.At >= after).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Select(u => new { u.At, u.Id }).Take(50).ToListAsync(ct);
        return new View(linked,
            [.. others.Select(o => (Other: o, Likeness: Likeness(ticket.Subject, o.Subject))).Where(o => o.Likeness >= Alike).OrderByDescending(o => o.Likeness).Select(o => o.Other).Take(3)],
            undoable.ToHashSet(),
            changes.DistinctBy(c => c.At).ToDictionary(c => c.At, c => c.Id),
            ticket.MergedIntoId is { } into ? await Project(db.Set<Ticket>().Where(t => t.Id == into)).SingleOrDefaultAsync(ct) : null);
    }

    /// <summary>Shared tokens of all tokens of two lines, 0 to 1; without the marks that answers and forwards put before a subject.</summary>
    public static double Likeness(string one, string other)
    {
        var (a, b) = (Tokens(one), Tokens(other));
        if (a.Count == 0 || b.Count == 0)
        {
            return 0;
        }

        var shared = a.Count(b.Contains);
        return (double)shared / (a.Count + b.Count - shared);
    }

    private static HashSet<string> Tokens(string subject)
    {
        var text = subject.Trim();
        foreach (var mark in (string[])["re:", "fw:", "fwd:", "回复:", "回复：", "答复:", "答复：", "转发:", "转发："])
        {
            text = text.StartsWith(mark, StringComparison.OrdinalIgnoreCase) ? text[mark.Length..].TrimStart() : text;
        }

        return [.. SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static IQueryable<Related> Project(IQueryable<Ticket> tickets)
        => tickets.AsNoTracking().Select(t => new Related(t.Id, t.Number, t.Subject, t.Status, t.CreatedAt, t.Language));
}
