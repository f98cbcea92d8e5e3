using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Tickets.Joining;

/// <summary>A whole conversation as one text or one page, to keep or to send on.</summary>
[UseCase]
public sealed class Transcript(IDbContextFactory<DeskDb> dbs, Settings settings, Phrases phrases)
{
    private const int MostMessages = 2000;

    private sealed record Line(string Who, string? From, DateTimeOffset At, string Body, bool Ours, bool Note, IReadOnlyList<string> Files);

    /// <summary>As plain text, or null when there is no such ticket.</summary>
    public async Task<string?> TextAsync(Guid ticketId, bool notes, string? language, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await ReadAsync(db, ticketId, notes, ct) is not { } read)
        {
            return null;
        }

        var text = new StringBuilder().Append('#').Append(read.Ticket.Number.ToString(CultureInfo.InvariantCulture)).Append(' ').AppendLine(read.Ticket.Subject).AppendLine();
        foreach (var line in read.Lines)
        {
            text.AppendLine(string.Join(" · ", new[] { line.Who, line.From, At(line.At, read.Zone), line.Note ? phrases.In(language, "transcript.note") : null }.OfType<string>()));
            text.AppendLine(line.Body.ReplaceLineEndings("\n").Trim());
            foreach (var file in line.Files)
            {
                text.Append("[ ").Append(file).AppendLine(" ]");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>As a page that needs nothing but itself.</summary>
    public async Task<string?> HtmlAsync(Guid ticketId, bool notes, string? language, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await ReadAsync(db, ticketId, notes, ct) is not { } read)
        {
            return null;
        }

        var title = WebUtility.HtmlEncode($"#{read.Ticket.Number} {read.Ticket.Subject}");
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"").Append(Phrases.Known(language) == "zh-Hans" ? "zh-CN" : "en").Append("\"><head><meta charset=\"utf-8\"><title>").Append(title)
            .Append("</title><style>body{font:15px/1.7 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif;max-width:720px;margin:32px auto;padding:0 16px;color:#1f1e1b}article{border-top:1px solid #ddd;padding:12px 0}header{color:#666;font-size:13px}.note{background:#fff8e1;padding:12px}pre,p{white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body><h1>")
            .Append(title).Append("</h1>");
        foreach (var line in read.Lines)
        {
            html.Append(line.Note ? "<article class=\"note\">" : "<article>").Append("<header><b>").Append(WebUtility.HtmlEncode(line.Who)).Append("</b> ")
                .Append(WebUtility.HtmlEncode(string.Join(" · ", new[] { line.From, At(line.At, read.Zone), line.Note ? phrases.In(language, "transcript.note") : null }.OfType<string>()))).Append("</header>")
                .Append(line.Ours ? Markdown.ToHtml(line.Body) : $"<p>{WebUtility.HtmlEncode(line.Body)}</p>");
            foreach (var file in line.Files)
            {
                html.Append("<div>[ ").Append(WebUtility.HtmlEncode(file)).Append(" ]</div>");
            }

            html.Append("</article>");
        }

        return html.Append("</body></html>").ToString();
    }

    private async Task<(Ticket Ticket, TimeZoneInfo Zone, IReadOnlyList<Line> Lines)?> ReadAsync(DeskDb db, Guid id, bool notes, CancellationToken ct)
    {
        if (await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } ticket)
        {
            return null;
        }

        var messages = await db.Set<Message>().AsNoTracking().Include(m => m.Attachments.OrderBy(a => a.Id)).Where(m => m.TicketId == id
                && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply || (notes && (m.Kind == MessageKind.Note || m.Kind == MessageKind.Forward || m.Kind == MessageKind.Aside))))
            .OrderBy(m => m.CreatedAt).Take(MostMessages).ToListAsync(ct);
        return (ticket, (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone,
            [.. messages.Select(m => new Line(m.AuthorName, m.FromAddress, m.CreatedAt, m.Body, m.Kind is MessageKind.Reply or MessageKind.Note or MessageKind.Forward, !m.IsPublic,
                [.. m.Attachments.Where(a => !a.Inline).Select(a => a.Name)]))]);
    }

    private static string At(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
