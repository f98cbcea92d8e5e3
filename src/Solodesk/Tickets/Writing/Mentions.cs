using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>Whom a note calls by <c>@name</c>: they follow the ticket from then on and find it in their Today until they have looked.</summary>
[UseCase]
public sealed class Mentions(IDatabase database, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    /// <summary>Inside the transaction that writes the note.</summary>
    public async Task MarkAsync(DeskDb db, Ticket ticket, Message note, Actor by, CancellationToken ct)
    {
        if (!note.Body.Contains('@', StringComparison.Ordinal))
        {
            return;
        }

        var agents = await db.Set<Agent>().AsNoTracking().Where(a => a.Active).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        var called = In(note.Body, [.. agents.Select(a => a.Name)]);
        foreach (var agent in agents.Where(a => called.Contains(a.Name)))
        {
            if (!ticket.FollowerIds.Contains(agent.Id))
            {
                ticket.FollowerIds = [.. ticket.FollowerIds, agent.Id];
            }

            if (agent.Id != by.Id)
            {
                db.Add(new Mention { Id = Ids.New(clock), AgentId = agent.Id, TicketId = ticket.Id, MessageId = note.Id, By = note.AuthorName, At = clock.GetUtcNow() });
                db.Add(TicketEvent.Of(ticket, by, clock.GetUtcNow(), TicketEventKind.Mentioned, to: agent.Name, message: note.Id));
            }
        }
    }

    /// <summary>The names that a text calls; the longest name at a place counts, so that "@Li Lei" does not call Li.</summary>
    public static IReadOnlySet<string> In(string text, IReadOnlyList<string> names)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // Within an address (li@example.com) nobody is called.
            if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            var rest = text.AsSpan(at + 1);
            string? best = null;
            foreach (var name in names)
            {
                if (name.Length > (best?.Length ?? 0) && rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && EndsWord(rest, name))
                {
                    best = name;
                }
            }

            if (best is not null)
            {
                called.Add(best);
            }
        }

        return called;
    }

    /// <summary>The agent has the ticket open: what called them there is seen.</summary>
    public async Task SeeAsync(Guid agent, Guid ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (!await db.Set<Mention>().AnyAsync(m => m.AgentId == agent && m.SeenAt == null && m.TicketId == ticket, ct))
        {
            return;
        }

        var now = clock.GetUtcNow();
        using (await database.EnterWriteAsync(ct))
        {
            await db.Set<Mention>().Where(m => m.AgentId == agent && m.SeenAt == null && m.TicketId == ticket)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.SeenAt, now), ct);
        }
    }

    // Chinese names end where they end; names in letters end before the next letter.
    private static bool EndsWord(ReadOnlySpan<char> rest, string name)
        => rest.Length == name.Length || !char.IsAsciiLetterOrDigit(name[^1]) || !char.IsAsciiLetterOrDigit(rest[name.Length]);
}
