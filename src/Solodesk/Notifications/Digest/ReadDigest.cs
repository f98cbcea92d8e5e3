using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.FollowUps;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Notifications.Digest;

/// <summary>Writes an agent's digest: what is overdue, which follow-ups are due, what waits, what is new since the last one.</summary>
[UseCase]
internal sealed class ReadDigest(Phrases phrases)
{
    private const int Shown = 8;
    private const int Counted = 1000;

    /// <summary>Null when there is nothing to say.</summary>
    public async Task<DeskLetter?> RunAsync(DeskDb db, Agent agent, BusinessSettings business, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var mine = db.Set<Ticket>().AsNoTracking().Where(t => t.Queue == TicketQueue.Mine && (t.AssigneeId == null || t.AssigneeId == agent.Id)).OrderBy(t => t.DueAt).ThenBy(t => t.Number);
        var late = await LinesAsync(db, mine.Where(t => t.DueAt < now), ct);
        var waiting = await LinesAsync(db, mine.Where(t => t.DueAt >= now), ct);
        var fresh = await mine.Where(t => t.CreatedAt > since).Take(Counted).CountAsync(ct);
        var owed = await (from f in db.Set<FollowUp>().AsNoTracking().Where(f => f.State == FollowUpState.Planned && f.DueAt <= now.AddHours(12) && (f.AgentId == null || f.AgentId == agent.Id)).OrderBy(f => f.DueAt).Take(Shown)
                          join c in db.Set<Customer>() on f.CustomerId equals c.Id
                          select new { f.Id, f.Kind, f.DueAt, f.Note, c.Name }).ToListAsync(ct);
        if (late.Count + waiting.Count + owed.Count == 0)
        {
            return null;
        }

        var zone = agent.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var own) ? own : business.Hours.Zone;
        var text = new StringBuilder();
        string Say(string key, params object?[] values) => phrases.In(agent.Language, key, values);
        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        void Part(string title, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            if (all.Count > 0)
            {
                text.Append("**").Append(title).Append("**\n\n").AppendJoin('\n', all.Select(l => "- " + l)).Append("\n\n");
            }
        }

        text.Append(Say("digest.head", waiting.Count + late.Count, fresh)).Append("\n\n");
        Part(Say("digest.late"), late.Rows.Select(r => Line(r, business, Say("digest.was_due", At(r.DueAt)))));
        Part(Say("digest.followups"), owed.Select(f => $"{At(f.DueAt)} {Say($"followup.kind.{f.Kind}")} · {Plain(f.Name)}{(f.Note.Length > 0 ? " · " + Plain(f.Note) : "")}"));
        Part(Say("digest.waiting"), waiting.Rows.Select(r => Line(r, business, r.DueAt == Ticket.NeverDue ? "" : Say("digest.due", At(r.DueAt)))));
        if (business.PublicUrl.Length > 0)
        {
            text.Append('[').Append(Say("digest.open")).Append("](").Append(business.PublicUrl.TrimEnd('/')).Append("/)\n\n");
        }

        text.Append(Say("digest.foot"));
        return new DeskLetter
        {
            To = agent.Email ?? "",
            Name = agent.Name,
            Subject = late.Count > 0 ? Say("digest.subject.late", waiting.Count + late.Count, late.Count) : Say("digest.subject", waiting.Count + late.Count),
            Body = text.ToString(),
        };
    }

    private sealed record Row(long Number, string Subject, string Customer, DateTimeOffset DueAt);

    private static async Task<(int Count, List<Row> Rows)> LinesAsync(DeskDb db, IQueryable<Ticket> tickets, CancellationToken ct)
        => (await tickets.Take(Counted).CountAsync(ct), await (from t in tickets.Take(Shown)
                                                               join c in db.Set<Customer>() on t.CustomerId equals c.Id
                                                               orderby t.DueAt, t.Number
                                                               select new Row(t.Number, t.Subject, c.Name, t.DueAt)).ToListAsync(ct));

    private static string Line(Row row, BusinessSettings business, string when)
    {
        var number = business.PublicUrl.Length > 0 ? $"[#{row.Number}]({business.PublicUrl.TrimEnd('/')}/t/{row.Number})" : $"#{row.Number}";
        return $"{number} {Plain(row.Customer)} · {Plain(row.Subject)}{(when.Length > 0 ? " · " + when : "")}";
    }

    /// <summary>Strangers wrote these words: they stay words.</summary>
    private static string Plain(string text)
        => Conversation.Shorten(string.Concat(text.ReplaceLineEndings(" ").Where(c => !char.IsControl(c) && c is not ('[' or ']' or '<' or '>' or '*' or '_' or '`' or '\\' or '!'))), 120);
}
