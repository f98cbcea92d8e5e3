using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>Writes on the mailbox how it fares, for the row that people see.</summary>
[UseCase]
internal sealed class MailboxHealth(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    /// <summary>Stands before the words of the sending server, so that a good look into the inbox does not hide that nothing goes out.</summary>
    private const string Sending = "SMTP: ";

    /// <summary>A mail has gone out, told inside the transaction that notes it.</summary>
    public static void Sent(Mailbox mailbox, DateTimeOffset now)
    {
        mailbox.LastOutAt = now;
        if (IsAboutSending(mailbox))
        {
            mailbox.Problem = mailbox.ProblemDetail = null;
        }
    }

    public static bool IsAboutSending(Mailbox mailbox) => mailbox.ProblemDetail?.StartsWith(Sending, StringComparison.Ordinal) == true;

    public Task WorksAsync(Guid mailbox, CancellationToken ct) => ChangeAsync(mailbox, m =>
    {
        m.CheckedAt = clock.GetUtcNow();
        if (!IsAboutSending(m))
        {
            m.Problem = m.ProblemDetail = null;
        }
    }, ct);

    public Task CannotSendAsync(Guid mailbox, string reason, string? detail, CancellationToken ct)
        => FailedAsync(mailbox, reason, Sending + detail, ct);

    public Task FailedAsync(Guid mailbox, string reason, string? detail, CancellationToken ct) => ChangeAsync(mailbox, m =>
    {
        m.CheckedAt = clock.GetUtcNow();
        (m.Problem, m.ProblemDetail) = (reason, detail is { Length: > 400 } ? detail[..400] : detail);
    }, ct);

    private async Task ChangeAsync(Guid id, Action<Mailbox> change, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            if (await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == id, ct) is { } mailbox)
            {
                change(mailbox);
                await db.SaveChangesAsync(ct);
            }
        }
    }
}
