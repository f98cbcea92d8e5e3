using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Conditions;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;
using Solodesk.Views;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Search;

/// <summary>Tickets by what was typed: the best matches of words, narrowed by operators; or, without words, all that the operators ask for.</summary>
[UseCase]
internal sealed class FindTickets(IDbContextFactory<DeskDb> dbs, ISearchIndex index, OpenView open)
{
    /// <summary>Candidates of the full-text index that are narrowed further.</summary>
    private const int Candidates = 1000;

    public async Task<Page<FoundTicket>> RunAsync(Actor actor, string text, int size, string? after, bool snippets, CancellationToken ct)
    {
        var query = SearchParser.Parse(text);
        if (!actor.CanRead || query.IsEmpty)
        {
            return new Page<FoundTicket>([], null);
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var condition = await ConditionAsync(db, query, ct);
        var opened = await open.AskAsync(actor, new View { Key = "search", Condition = condition.ToJson() }, new("search"), ct);
        if (!opened.Ok)
        {
            return new Page<FoundTicket>([], null);
        }

        if (query.Words.Length == 0)
        {
            var page = await opened.Value.PageAsync(db, ViewRow.Narrow, after, size, ct);
            return new Page<FoundTicket>([.. page.Items.Select(i => new FoundTicket(i.Row.Row, null, []))], page.Next);
        }

        var rows = await RankedAsync(db, query, opened.Value, size, ct);
        return new Page<FoundTicket>(snippets ? await SnippetsAsync(db, query, rows, ct) : [.. rows.Select(r => new FoundTicket(r, null, []))], null);
    }

    private async Task<List<TicketRow>> RankedAsync(DeskDb db, SearchQuery query, ViewQuery narrow, int size, CancellationToken ct)
    {
        var ids = (await index.FindAsync(db, query.Words, query.IsNarrowed ? Candidates : size * 2, ct)).ToList();
        if (Number(query.Words) is { } number && await db.Set<Ticket>().Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct) is { } exact)
        {
            ids.Remove(exact);
            ids.Insert(0, exact);
        }

        var rank = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        var met = await narrow.Tickets(db).Where(t => ids.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        var best = met.OrderBy(id => rank[id]).Take(size).ToList();
        var rows = await ListTickets.Project(db, db.Set<Ticket>().AsNoTracking().Where(t => best.Contains(t.Id))).ToListAsync(ct);
        return [.. rows.OrderBy(r => rank[r.Id])];
    }

    private static async Task<List<FoundTicket>> SnippetsAsync(DeskDb db, SearchQuery query, List<TicketRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        var said = (await db.Set<Message>().AsNoTracking().Where(m => ids.Contains(m.TicketId)).OrderByDescending(m => m.CreatedAt)
            .Select(m => new { m.TicketId, Body = m.Body.Substring(0, 4000), Files = m.Attachments.Select(a => a.Name).ToList() }).ToListAsync(ct)).ToLookup(m => m.TicketId);
        var highlight = new Highlight(query.Words);
        return
        [
            .. from row in rows
               let found = said[row.Id].Select(m => highlight.Snippet(m.Body)).FirstOrDefault(s => s is not null)
               let files = said[row.Id].SelectMany(m => m.Files).Where(f => highlight.Of(f).Any(s => s.Hit)).Distinct().Take(3)
               select new FoundTicket(row, found, [.. files]),
        ];
    }

    private static async Task<Condition> ConditionAsync(DeskDb db, SearchQuery query, CancellationToken ct)
    {
        List<Condition> all = [.. query.Conditions, .. query.Phrases.Select(Said), .. query.Without.Select(w => new Not(Said(w)))];
        foreach (var (name, denied) in query.Owners)
        {
            var lower = name.ToLowerInvariant();
            var owners = await db.Set<Agent>().Where(a => a.Name.ToLower().Contains(lower)).Select(a => a.Id).Take(50).ToListAsync(ct);
            Condition owner = owners.Count == 0 ? new AnyOf([]) : Condition.Where(TicketFields.Assignee, Op.AnyOf, [.. owners.Select(o => o.ToString())]);
            all.Add(denied ? new Not(owner) : owner);
        }

        return new AllOf(all);
    }

    private static AnyOf Said(string text) => new([Condition.Where("ticket.subject", Op.Contains, text), Condition.Where("message.body", Op.Contains, text), Condition.Where("message.attachment", Op.Contains, text)]);

    private static long? Number(string words)
        => long.TryParse(words.AsSpan().TrimStart('#').TrimStart('＃'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A ticket that was found.</summary>
/// <param name="Row">The row.</param>
/// <param name="Snippet">The words around the first hit in what was said; null when only the subject or a name was hit.</param>
/// <param name="Files">Names of files that were hit.</param>
public sealed record FoundTicket(TicketRow Row, string? Snippet, IReadOnlyList<string> Files);
