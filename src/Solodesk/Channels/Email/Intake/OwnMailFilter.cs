namespace Solodesk.Channels.Email.Intake;

/// <summary>A mail that this desk sent itself and got back (an alias, a copy to ourselves, a forwarder) is on record already.</summary>
internal sealed class OwnMailFilter : IIntakeFilter
{
    /// <summary>The header of our automatic mail that says whose it is.</summary>
    public const string LoopHeader = "X-Loop";

    public int Order => 10;

    public async Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct)
    {
        var mail = filing.Letter.Mail;
        if (await Threads.OwnMessageAsync(filing.Db, mail.MessageId, filing.Letter.Key, ct) is { } own)
        {
            return new Verdict(MailOutcome.Skipped, await Threads.TargetAsync(filing.Db, own.TicketId, ct), Why: "own") { MessageId = own.Id };
        }

        return mail.Header(LoopHeader) is { } loop && filing.Letter.IsOwn(loop) ? new Verdict(MailOutcome.Skipped, Why: "own") : null;
    }
}
