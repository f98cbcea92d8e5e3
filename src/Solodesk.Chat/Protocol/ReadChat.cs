using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Chat.Protocol;

/// <summary>What a widget is shown: the lines after its place, and who would answer when.</summary>
internal sealed class ReadChat(IDbContextFactory<DeskDb> dbs, Solodesk.Data.Settings settings, OpenDesks desks, BotDesk bot, TimeProvider clock)
{
    /// <summary>How many lines one reading gives at most; fewer are all there are.</summary>
    public const int AtOnce = 100;

    public async Task<IReadOnlyList<LineFrame>> LinesAsync(Guid visitor, long after, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await (
            from chat in db.Set<ChatConversation>().AsNoTracking()
            where chat.OpenFor == visitor
            join line in db.Set<ChatLine>().AsNoTracking() on chat.Id equals line.ConversationId
            where line.Seq > after
            join message in db.Set<Message>().AsNoTracking() on line.MessageId equals (Guid?)message.Id into messages
            from said in messages.DefaultIfEmpty()
            orderby line.Seq
            select new { Line = line, Body = said == null ? null : said.Body, Author = said == null ? null : said.AuthorName, Channel = said == null ? null : said.Channel }).Take(AtOnce).ToListAsync(ct);
        var withFiles = rows.Where(r => r.Line.HasFiles).Select(r => r.Line.MessageId).ToList();
        var files = withFiles.Count == 0 ? [] : await db.Set<Attachment>().AsNoTracking().Where(a => withFiles.Contains(a.MessageId) && !a.Inline).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(ct);
        return [.. rows.Select(r =>
        {
            var own = r.Line.Kind == ChatLineKind.Visitor;
            return new LineFrame(r.Line.Seq, r.Line.Kind, r.Line.At)
            {
                Talk = r.Line.ConversationId,
                Id = r.Line.ClientId,
                Name = own ? null : r.Author,
                Text = own ? r.Body : null,
                Body = own || r.Body is null ? null : ChatMarkup.Of(r.Body),
                Files = r.Line.HasFiles ? [.. files.Where(f => f.MessageId == r.Line.MessageId).Select(f => new FileFrame(f.Token, f.Name, f.MediaType, f.Size))] : null,
                Bot = r.Line.Kind == ChatLineKind.Bot ? r.Line.Bot : null,
                Mail = r.Channel == "email" ? true : null,
            };
        })];
    }

    /// <summary>A visitor's open conversation and the number of its ticket.</summary>
    public sealed record Open(ChatConversation Chat, long Number);

    public async Task<Open?> OpenAsync(Guid visitor, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<ChatConversation>().AsNoTracking().Where(c => c.OpenFor == visitor)
            .Join(db.Set<Ticket>(), c => c.TicketId, t => t.Id, (c, t) => new Open(c, t.Number)).SingleOrDefaultAsync(ct);
    }

    public async Task<StateFrame> StateAsync(ChatConversation? chat, Visitor visitor, CancellationToken ct)
    {
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var promise = await settings.ReadAsync<PromiseSettings>(ct);
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = chat is null ? null : await db.Set<Ticket>().AsNoTracking().Where(t => t.Id == chat.TicketId).Select(t => new { t.CustomerId, t.AssigneeId }).SingleOrDefaultAsync(ct);
        var assignee = ticket?.AssigneeId;
        return new StateFrame
        {
            Bot = chat?.BotActive ?? await bot.AnswersFirstAsync(ct),
            Person = chat is { BotActive: false },
            Name = await db.Set<Agent>().AsNoTracking().Where(a => a.Active && (assignee == null || a.Id == assignee)).OrderBy(a => a.Id).Select(a => a.Name).FirstOrDefaultAsync(ct),
            Online = desks.Any,
            Open = business.Hours.IsOpen(now),
            Expected = Promises.Due(business.Hours, promise, TicketPriority.Normal, promise.FirstResponseHours, now),
            Address = ticket is not null
                ? await db.Set<CustomerAddress>().AnyAsync(a => a.CustomerId == ticket.CustomerId && a.Kind == AddressKind.Email, ct)
                : visitor.Email is not null,
        };
    }
}
