using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>The mail ledger: every message that was seen, newest first, and what became of it.</summary>
[UseCase]
public sealed class ListMail(IDbContextFactory<DeskDb> dbs)
{
    public const int PageSize = 50;

    /// <param name="Outcome">Only these; null shows all.</param>
    /// <param name="After">The cursor of the page before; null begins with the newest.</param>
    public sealed record Request(MailOutcome? Outcome, string? After);

    /// <summary>One line.</summary>
    public sealed record Row(Guid Id, DateTimeOffset ReceivedAt, string From, string Subject, long Size, MailOutcome Outcome, string? Problem, long? TicketNumber, string? Mailbox, bool HasSource, bool HasMessage)
    {
        /// <summary>A failed mail is tried as before, one that was set aside becomes a ticket.</summary>
        public bool CanRunAgain => HasSource && FileMail.MayOverrule(Outcome, HasMessage);
    }

    public async Task<Page<Row>> RunAsync(Request request, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var mails = db.Set<IncomingMail>().AsNoTracking();
        if (request.Outcome is { } outcome)
        {
            mails = mails.Where(m => m.Outcome == outcome);
        }

        if (Cursor(request.After) is { } after)
        {
            mails = mails.Where(m => m.ReceivedAt <= after.At && (m.ReceivedAt < after.At || m.Id.CompareTo(after.Id) < 0));
        }

        var rows = await mails.OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id).Take(PageSize + 1)
            .Select(m => new Row(m.Id, m.ReceivedAt, m.From, m.Subject, m.Size, m.Outcome, m.Problem, m.TicketNumber,
                db.Set<Mailbox>().Where(b => b.Id == m.MailboxId).Select(b => b.Address).FirstOrDefault(), m.Sha256 != "", m.MessageId != null))
            .ToListAsync(ct);
        if (rows.Count <= PageSize)
        {
            return new Page<Row>(rows, null);
        }

        rows.RemoveAt(PageSize);
        return new Page<Row>(rows, string.Create(CultureInfo.InvariantCulture, $"{rows[^1].ReceivedAt.UtcTicks}-{rows[^1].Id:N}"));
    }

    private static (DateTimeOffset At, Guid Id)? Cursor(string? text)
        => text?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var key) ? (new DateTimeOffset(at, TimeSpan.Zero), key) : null;
}
