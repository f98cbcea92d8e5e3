using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Reads a stored mail and puts it where it belongs. The outcome is set in the transaction that makes the ticket or message, and the
/// line is locked by it, so a mail is filed once whoever tries and wherever a try breaks off.
/// </summary>
[UseCase]
internal sealed partial class FileMail(DeskWriter writer, IDatabase database, IDbContextFactory<DeskDb> dbs, IntakeSteps steps, ILogger<FileMail> log)
{
    private const int Attempts = 4;

    /// <summary>What still waits to be filed.</summary>
    public static readonly MailOutcome[] Waiting = [MailOutcome.Stored, MailOutcome.Failed];

    public Task<FiledMail> RunAsync(Guid id, CancellationToken ct) => RunAsync(id, FilingWay.Arrival, ct);

    /// <summary>Files it in the way that is said.</summary>
    public async Task<FiledMail> RunAsync(Guid id, FilingWay way, CancellationToken ct)
    {
        string sha256;
        Guid? mailboxId;
        await using (var db = await dbs.CreateDbContextAsync(ct))
        {
            var row = await db.Set<IncomingMail>().AsNoTracking().SingleAsync(m => m.Id == id, ct);
            if (!MayFile(row, way))
            {
                return Known(row);
            }

            (sha256, mailboxId) = (row.Sha256, row.MailboxId);
        }

        try
        {
            using var letter = await steps.Read.RunAsync(sha256, mailboxId, ct);
            return await FileAsync(id, letter, way, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(log, e, id);
            return await FailAsync(id, e, ct);
        }
    }

    private async Task<FiledMail> FileAsync(Guid id, Letter letter, FilingWay way, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var same = await steps.Same.ExamineAsync(id, letter, ct);
            try
            {
                var filed = await writer.RunAsync(db => FileOnceAsync(db, id, letter, same, way, ct), ct);
                if (filed.Ok)
                {
                    return filed.Value;
                }
            }
            catch (DbUpdateException e) when (attempt < Attempts && database.IsDuplicate(e))
            {
                // The sender was made a customer at the same moment by another way in: look again.
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException("Copies of one mail arrive faster than they can be told apart");
            }
        }
    }

    private async Task<Result<FiledMail>> FileOnceAsync(DeskDb db, Guid id, Letter letter, IReadOnlyDictionary<Guid, bool> same, FilingWay way, CancellationToken ct)
    {
        // Locks the line: whoever comes second waits here and then finds it filed.
        var mine = await db.Set<IncomingMail>().Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
        var row = mine == 1 ? await db.Set<IncomingMail>().SingleAsync(m => m.Id == id, ct) : throw new InvalidOperationException("The ledger line is gone");
        if (!MayFile(row, way))
        {
            return Known(row);
        }

        // One mail is filed at a time on all nodes: two copies, or two first mails of one sender, cannot pass each other.
        await db.Database.ExecuteSqlAsync($"UPDATE \"Counters\" SET \"Value\" = \"Value\" WHERE \"Name\" = {"ticket"}", ct);
        row.From = Cut(letter.Author?.ToString() ?? "", 400);
        row.Subject = Cut(letter.Mail.Subject, 500);
        var filing = new Filing(db, row, letter, steps.Threads);
        if (way == FilingWay.Arrival && letter.Mail.Partial is { } part && await WaitingPart.JudgeAsync(filing, steps.Filters, ct) is null)
        {
            // The others may never come: it stays in the ledger, to be seen and to be made a ticket of.
            row.InternetId = WaitingPart.NameOf(letter, part);
            row.Outcome = MailOutcome.Part;
            row.Problem = WaitingPart.Number(part);
            return Known(row) with { Now = true };
        }

        row.InternetId = Cut(letter.InternetId, 998);
        var verdict = way == FilingWay.Request ? null : await steps.Same.JudgeAsync(filing, same, ct);
        if (verdict == Verdict.Unclear)
        {
            return new Problem("mail.copy_unclear");
        }

        foreach (var filter in way == FilingWay.Request || verdict is not null ? [] : steps.Filters)
        {
            verdict = await filter.JudgeAsync(filing, ct);
            if (verdict is not null)
            {
                break;
            }
        }

        var answers = false;
        if (verdict is null)
        {
            (verdict, answers) = await steps.Request.FileAsync(filing, ct);
        }

        row.Outcome = verdict.Outcome;
        row.Problem = verdict.Why is { } why ? Cut(why, 1000) : null;
        row.TicketId = verdict.Ticket?.Id;
        row.TicketNumber = verdict.Ticket?.Number;
        row.MessageId = verdict.MessageId;
        row.FiledAt = steps.Clock.GetUtcNow();
        return Known(row) with { WouldAutoReply = answers, Now = true };
    }

    private async Task<FiledMail> FailAsync(Guid id, Exception exception, CancellationToken ct)
    {
        var reason = MailProblems.With(MailProblems.Fault, $"{exception.GetType().Name}: {exception.Message}");
        var failed = await writer.RunAsync<FiledMail>(async db =>
        {
            var row = await db.Set<IncomingMail>().SingleAsync(m => m.Id == id, ct);
            if (row.Outcome is MailOutcome.Stored or MailOutcome.Failed)
            {
                row.Outcome = MailOutcome.Failed;
                row.Problem = reason;
                row.Attempts++;
            }

            return Known(row);
        }, ct);
        return failed.Value;
    }

    /// <summary>Never twice: what was filed as a request stays; a person may overrule a verdict that kept it from being one, even when it left a line beside a ticket.</summary>
    public static bool MayOverrule(MailOutcome outcome, bool hasMessage)
        => !hasMessage || outcome is MailOutcome.Bounce or MailOutcome.AutoReply or MailOutcome.List or MailOutcome.Duplicate;

    private static bool MayFile(IncomingMail row, FilingWay way) => row.Sha256.Length > 0 && way switch
    {
        FilingWay.Request => MayOverrule(row.Outcome, row.MessageId is not null),
        FilingWay.PartAlone => row is { Outcome: MailOutcome.Part, FiledAt: null } || Waiting.Contains(row.Outcome),
        _ => Waiting.Contains(row.Outcome),
    };

    private static FiledMail Known(IncomingMail row) => new(row.Id, row.Outcome)
    {
        TicketId = row.TicketId,
        TicketNumber = row.TicketNumber,
        MessageId = row.MessageId,
        Problem = row.Problem,
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Mail} could not be filed; it is kept and tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, Guid mail);
}

/// <summary>How a mail is filed.</summary>
internal enum FilingWay
{
    /// <summary>As it came: the filters judge it, and a part waits for the others.</summary>
    Arrival,

    /// <summary>A person overrules the filters and makes a ticket of what they had set aside.</summary>
    Request,

    /// <summary>A part whose others never came is filed as it stands.</summary>
    PartAlone,
}
