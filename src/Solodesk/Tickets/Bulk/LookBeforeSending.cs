using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Preparing;
using Solodesk.Views;

namespace Solodesk.Tickets.Bulk;

/// <summary>What the customers would read, before anything is sent: the text with their own values, and what nobody has a value for.</summary>
[UseCase]
internal sealed class LookBeforeSending(IDbContextFactory<DeskDb> dbs, OpenView open, TemplateValues values)
{
    /// <summary>So many are looked through; those behind them are still held back one by one where a value is missing.</summary>
    public const int Most = 100;

    private const int Shown = 3;

    /// <param name="Number">The ticket.</param>
    /// <param name="Customer">Who reads it.</param>
    /// <param name="Text">What they read.</param>
    /// <param name="Open">The variables that have no value here, as they are written.</param>
    public sealed record Letter(long Number, string Customer, string Text, IReadOnlyList<string> Open);

    /// <summary>The letters of the first tickets that are meant, by their numbers.</summary>
    public async Task<IReadOnlyList<Letter>> RunAsync(Actor actor, StartBulk.Request request, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var tickets = db.Set<Ticket>().AsNoTracking();
        if (request.View is { } key)
        {
            var view = await open.RunAsync(actor, new(key), ct);
            if (!view.Ok)
            {
                return [];
            }

            tickets = view.Value.Tickets(db);
        }
        else
        {
            tickets = tickets.Where(t => request.Picked.Contains(t.Id));
        }

        var markdown = request.Markdown ?? "";
        // Without a variable all of them read the same.
        var first = await tickets.Where(t => t.MergedIntoId == null && !t.Spam).OrderBy(t => t.Number).Take(AnswerMany.OpenVariables(markdown).Count > 0 ? Most : Shown).ToListAsync(ct);
        var ids = first.ConvertAll(t => t.CustomerId);
        var names = await db.Set<Customer>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var letters = new List<Letter>();
        foreach (var ticket in first)
        {
            var text = TemplateText.Fill(markdown, await values.OfAsync(db, actor, ticket, request.Host, ct));
            letters.Add(new(ticket.Number, names.GetValueOrDefault(ticket.CustomerId, ""), text, AnswerMany.OpenVariables(text)));
        }

        return letters;
    }

    /// <summary>The few that are worth reading: where something is missing, before the others.</summary>
    public static IReadOnlyList<Letter> First(IReadOnlyList<Letter> letters)
        => [.. letters.OrderBy(l => l.Open.Count == 0).ThenBy(l => l.Number).Take(Shown)];

    /// <summary>Why it must not leave like this.</summary>
    public static Problem? Against(IReadOnlyList<Letter> letters)
    {
        var lacking = letters.Count(l => l.Open.Count > 0);
        if (lacking == 0)
        {
            return null;
        }

        var open = letters.SelectMany(l => l.Open).First();
        return TemplateText.Unknown(open) is [var unknown, ..]
            ? new Problem("template.variable", unknown) { Field = "markdown" }
            : new Problem("bulk.unresolved", lacking, open, $"{open[..^2]} | …}}}}") { Field = "markdown" };
    }
}
