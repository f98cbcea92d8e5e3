using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Mail.Reading;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Recognises a mail that was filed before: fetched from a second mailbox or folder, or again after the server renumbered. The id alone is
/// no proof, since broken senders use one for all their mails: the content must be the same too.
/// </summary>
[UseCase]
internal sealed class SameMail(IDbContextFactory<DeskDb> dbs, IFileStore files)
{
    /// <summary>Mails with the same id that are looked at: a sender who gives every mail one id has many.</summary>
    private const int Candidates = 30;

    /// <summary>Before the transaction, because it reads files: the filed mails of this name, each with whether its content is the same.</summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> ExamineAsync(Guid id, Letter letter, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var same = new Dictionary<Guid, bool>();
        foreach (var other in await Filed(db, id, letter).ToListAsync(ct))
        {
            same[other.Id] = await IsSameAsync(other.Sha256, letter, ct);
        }

        return same;
    }

    /// <summary>Inside the transaction: a duplicate, nothing, or unclear when a copy was filed after the examination.</summary>
    public async Task<Verdict?> JudgeAsync(Filing filing, IReadOnlyDictionary<Guid, bool> examined, CancellationToken ct)
    {
        foreach (var other in await Filed(filing.Db, filing.Row.Id, filing.Letter).ToListAsync(ct))
        {
            if (!examined.TryGetValue(other.Id, out var isSame))
            {
                return Verdict.Unclear;
            }

            if (isSame)
            {
                var ticket = other.TicketId is { } known ? await filing.Db.Set<Tickets.Ticket>().SingleOrDefaultAsync(t => t.Id == known, ct) : null;
                return new Verdict(MailOutcome.Duplicate, ticket) { MessageId = other.MessageId };
            }
        }

        return null;
    }

    private static IQueryable<IncomingMail> Filed(DeskDb db, Guid id, Letter letter)
        => db.Set<IncomingMail>().AsNoTracking()
            .Where(m => m.InternetId == letter.InternetId && m.Id != id && m.FiledAt != null && m.Outcome != MailOutcome.Duplicate && m.Outcome != MailOutcome.Failed)
            .OrderByDescending(m => m.ReceivedAt).Take(Candidates);

    private async Task<bool> IsSameAsync(string sha256, Letter letter, CancellationToken ct)
    {
        await using var raw = await files.OpenAsync(sha256, ct);
        if (raw is null)
        {
            return true; // Its file is gone; the id is all there is left to go by.
        }

        using var mail = await MailReader.ReadAsync(raw, null, ct);
        return ReadLetter.Fingerprint(mail) == letter.Fingerprint;
    }
}
