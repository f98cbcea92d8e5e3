using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Remembers that an article was used in a ticket, and lets the ranking learn from it.</summary>
[UseCase]
internal sealed class UseArticle(DeskWriter writer, IDbContextFactory<DeskDb> dbs, LearnRanking learn, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, long number, Guid article, ArticleUseKind how, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Set<Ticket>().AsNoTracking().Where(t => t.Number == number).Select(t => new { t.Id, t.Subject, t.Language }).SingleOrDefaultAsync(ct);
        if (ticket is null || !await db.Set<Article>().AnyAsync(a => a.Id == article, ct))
        {
            return Problem.NotFound("article");
        }

        var used = await writer.RunAsync<Done>(async w =>
        {
            if (!await w.Set<ArticleUse>().AnyAsync(u => u.TicketId == ticket.Id && u.ArticleId == article && u.Kind == how, ct))
            {
                w.Add(new ArticleUse { Id = Ids.New(clock), ArticleId = article, TicketId = ticket.Id, TicketNumber = number, Kind = how, At = clock.GetUtcNow() });
            }

            return Done.It;
        }, ct);
        // The question was the subject; what was taken should have stood first among what the search shows for it.
        await learn.TellAsync(ticket.Subject, AnswerIndex.LanguageOf(ticket.Subject, ticket.Language), Audience.Desk, article, helped: true, ct);
        return used;
    }
}
