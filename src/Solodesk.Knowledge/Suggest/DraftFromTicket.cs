using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Drafts an article from a ticket: the question from the customer, the answer from our reply, names and numbers removed.</summary>
[UseCase]
internal sealed class DraftFromTicket(IDbContextFactory<DeskDb> dbs, WriteArticle write)
{
    public async Task<Result<long>> RunAsync(Actor actor, long number, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Number == number, ct);
        if (ticket is null)
        {
            return Problem.NotFound("ticket");
        }

        var messages = await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id && !m.Automatic && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply))
            .OrderBy(m => m.CreatedAt).Take(60).ToListAsync(ct);
        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
        var anonymous = new Anonymous([customer.Name, .. customer.Addresses.Select(a => a.Value), .. messages.Select(m => m.AuthorName).Distinct()]);
        var question = messages.FirstOrDefault(m => m.Kind == MessageKind.Inbound)?.Body ?? "";
        // The longest of our replies is mostly the one that explains; the rest are questions back and thanks.
        var answer = messages.Where(m => m.Kind == MessageKind.Reply).Select(m => m.Body).OrderByDescending(b => b.Length).FirstOrDefault() ?? "";
        var language = AnswerIndex.LanguageOf($"{ticket.Subject} {question}", ticket.Language);
        var title = anonymous.Of(ticket.Subject);
        return await write.BeginAsync(actor, new(language, ArticleKind.Faq)
        {
            Title = title,
            Body = anonymous.OfAnswer(answer) + "\n",
            Questions = [.. FirstSentences(anonymous.Of(Anonymous.WithoutGreeting(question)))],
            Tags = ticket.Tags,
            FromTicket = ticket.Id,
            FromNumber = ticket.Number,
        }, ct);
    }

    private static IEnumerable<string> FirstSentences(string text)
        => Solodesk.Text.Search.Sentences.Split(text).Select(r => text[r]).Where(s => s.Length is > 3 and < 160).Take(2);
}
