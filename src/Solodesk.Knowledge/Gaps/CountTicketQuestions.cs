using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Suggest;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Gaps;

/// <summary>
/// Every ticket a customer opened is a question that was asked: one with an answer that nobody found, or one without an answer. The
/// chat's questions are counted while they are asked.
/// </summary>
internal sealed class CountTicketQuestions(IDbContextFactory<DeskDb> dbs, DeskWriter writer, Settings settings, AnswerIndex index, AnswerQuestion answers) : IPeriodicJob
{
    private const int AtOnce = 200;

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var counted = (await settings.ReadAsync<CountedTickets>(ct)).Upto ?? await BeginAsync(ct);
        for (var more = true; more;)
        {
            var tickets = await NewAsync(counted, ct);
            more = tickets.Count == AtOnce;
            if (tickets.Count > 0)
            {
                await CountAsync(tickets, ct);
                counted = tickets[^1].Number;
                await settings.SaveAsync(new CountedTickets { Upto = counted }, ct);
            }
        }
    }

    // What was there before the desk began to count stays uncounted: its customers asked other articles than there are today.
    private async Task<long> BeginAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var last = await db.Set<Ticket>().OrderByDescending(t => t.Number).Select(t => t.Number).FirstOrDefaultAsync(ct);
        await settings.SaveAsync(new CountedTickets { Upto = last }, ct);
        return last;
    }

    private async Task<List<Opened>> NewAsync(long after, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => t.Number > after).OrderBy(t => t.Number).Take(AtOnce)
            .Select(t => new Opened(t.Id, t.Number, t.Subject, t.Channel, t.CreatedAt, t.Spam, null)).ToListAsync(ct);
        if (tickets.Count == 0)
        {
            return [];
        }

        // By itself: as a part of the projection it would number all messages of the desk to find the first of each ticket.
        var ids = tickets.Select(t => t.Id).ToList();
        var said = (await db.Set<Message>().AsNoTracking().Where(m => ids.Contains(m.TicketId))
            .Select(m => new { m.TicketId, m.CreatedAt, m.Id, First = new First(m.Kind, m.Automatic, m.Body, m.AuthorName) }).ToListAsync(ct)).ToLookup(m => m.TicketId);
        return [.. tickets.Select(t => t with { First = said[t.Id].OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).FirstOrDefault()?.First })];
    }

    private async Task CountAsync(List<Opened> tickets, CancellationToken ct)
    {
        var threshold = (await settings.ReadAsync<AnswerSettings>(ct)).Threshold;
        var asked = new List<AskedQuestion>();
        foreach (var ticket in tickets.Where(t => t is { Spam: false, Channel: not "chat", First: { Kind: MessageKind.Inbound, Automatic: false } }))
        {
            asked.Add(Question(ticket, threshold, await answers.MeaningAsync(Suggestions.Asked(ticket.Subject, ticket.First!.Body) is [.., var fullest] ? fullest : "", ct)));
        }

        var ids = asked.Select(q => q.Id).ToList();
        await writer.RunAsync<Done>(async db =>
        {
            // Another node may have been at the same tickets.
            var known = await db.Set<AskedQuestion>().Where(q => ids.Contains(q.Id)).Select(q => q.Id).ToListAsync(ct);
            db.AddRange(asked.Where(q => !known.Contains(q.Id)));
            return Done.It;
        }, ct);
    }

    private AskedQuestion Question(Opened ticket, double threshold, float[]? meaning)
    {
        var body = ticket.First!.Body;
        var language = AnswerIndex.LanguageOf($"{ticket.Subject} {body}", null);
        var best = Suggestions.Asked(ticket.Subject, body).SelectMany(q => answers.Find(q, language, Audience.Public, meaning: meaning)).MaxBy(f => f.Certainty);
        var text = new Anonymous([ticket.First.AuthorName]).Of(ticket.Subject.Length > 0 ? ticket.Subject : Anonymous.WithoutGreeting(body));
        return new AskedQuestion
        {
            // The ticket's own id: it is asked once, however often it is counted.
            Id = ticket.Id,
            TicketId = ticket.Id,
            Channel = ticket.Channel == "web" ? "contact" : "ticket",
            Text = text.Length > 300 ? text[..299] : text,
            Language = language,
            Matched = best is not null && best.Certainty >= threshold,
            Confidence = best?.Certainty ?? 0,
            ArticleId = best?.Card.ArticleId,
            At = ticket.CreatedAt,
        };
    }

    private sealed record Opened(Guid Id, long Number, string Subject, string Channel, DateTimeOffset CreatedAt, bool Spam, First? First);

    private sealed record First(MessageKind Kind, bool Automatic, string Body, string AuthorName);
}

/// <summary>How far the tickets' questions were counted.</summary>
public sealed class CountedTickets
{
    public long? Upto { get; init; }
}
