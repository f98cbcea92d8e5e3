namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Old mail that turns up in a mailbox connected for new mail only, because the server was moved or restored and gave everything a new
/// number and date of arrival. It stays in the ledger; a mail that was merely slow is younger than this.
/// </summary>
internal sealed class PastFilter : IIntakeFilter
{
    private const int Days = 7;

    public int Order => 15;

    public Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
        => Task.FromResult(filing.Row.Uid > 0 && filing.Letter is { Mailbox: { ImportPast: false } mailbox, Mail.Date: { } date }
            && date < mailbox.CreatedAt.AddDays(-Days) ? new Verdict(MailOutcome.Skipped, Why: "past") : null);
}
