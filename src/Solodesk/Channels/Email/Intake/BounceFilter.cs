using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Mail.Reading;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// A mail of ours that came back: the message shows that it was not delivered and why, and its ticket shows up again. Only our own signature
/// in the returned id is believed, so nobody can make an answer look undelivered.
/// </summary>
internal sealed class BounceFilter(Conversation conversation, IntakeWords words) : IIntakeFilter
{
    public int Order => 30;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        var (letter, db) = (filing.Letter, filing.Db);
        if (letter.Kind != MailKind.Bounce || letter.Mail.Bounce is not { } report)
        {
            return null;
        }

        var why = Why(report);
        if (await ReturnedAsync(filing, report, ct) is not { } message || await Threads.TargetAsync(db, message.TicketId, ct) is not { } ticket)
        {
            return new Verdict(MailOutcome.Bounce, Why: why);
        }

        if (report.Permanent)
        {
            message.Delivery = DeliveryState.Failed;
            message.DeliveryProblem = MailProblems.With(MailProblems.Bounced, why);
            message.RetryAt = null;
            ticket.DeliveryFailed = true;
            ticket.Unread = true;
        }

        var machine = new Actor(ActorKind.System, null, letter.Author?.Display ?? "", Role.None);
        var record = await conversation.RecordAsync(db, ticket, machine, letter.Said(MessageKind.System, filing.Row.Id, words.Clock), TicketEventKind.Bounced, why, ct);
        return new Verdict(MailOutcome.Bounce, ticket, record, why);
    }

    private static async Task<Message?> ReturnedAsync(Filing filing, BounceReport report, CancellationToken ct)
    {
        var (db, mail) = (filing.Db, filing.Letter.Mail);
        List<string> ids = [.. new[] { report.OriginalMessageId }.OfType<string>(), .. mail.InReplyTo, .. mail.References.Reverse().Take(20)];
        foreach (var id in ids)
        {
            if (await Threads.OwnMessageAsync(db, id, filing.Letter.Key, ct) is { } own)
            {
                return own;
            }
        }

        // Signed by a key that is no more: then at least the recipient must be one that we wrote to.
        var known = ids.Count == 0 || report.Recipient is null ? []
            : await db.Set<Message>().Where(m => m.InternetId != null && ids.Contains(m.InternetId) && (m.Kind == MessageKind.Reply || m.Kind == MessageKind.Forward)).Take(10).ToListAsync(ct);
        return known.Find(m => m.To.Concat(m.Cc).Concat(m.Bcc).Contains(report.Recipient, StringComparer.OrdinalIgnoreCase));
    }

    private static string Why(BounceReport report)
        => string.Join(' ', new[] { report.Recipient, report.Diagnostic is { } said && report.Status is { } code && said.Contains(code, StringComparison.Ordinal) ? null : report.Status, report.Diagnostic }
            .Where(part => !string.IsNullOrWhiteSpace(part)));
}
