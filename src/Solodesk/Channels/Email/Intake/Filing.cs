using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>One mail on its way to its place, inside the transaction that will set its outcome.</summary>
internal sealed class Filing(DeskDb db, IncomingMail row, Letter letter, Threads threads)
{
    private Thread? _thread;
    private bool _looked;

    public DeskDb Db => db;
    public IncomingMail Row => row;
    public Letter Letter => letter;

    /// <summary>The ticket that this mail answers, looked for once.</summary>
    public async Task<Thread?> ThreadAsync(CancellationToken ct)
    {
        if (!_looked)
        {
            _thread = await threads.FindAsync(db, letter, ct);
            _looked = true;
        }

        return _thread;
    }
}

/// <summary>A ticket that a mail belongs to.</summary>
/// <param name="Ticket">Where it goes; a merged ticket's target.</param>
/// <param name="IsProven">By our own signature, which nobody can forge, and not only by who writes.</param>
internal sealed record Thread(Ticket Ticket, bool IsProven);

/// <summary>What a filter, or filing itself, made of a mail.</summary>
/// <param name="Outcome">The line of the ledger.</param>
/// <param name="Ticket">The ticket, if one came of it.</param>
/// <param name="Message">The message, if one came of it.</param>
/// <param name="Why">The proof or reason, kept in the ledger.</param>
internal sealed record Verdict(MailOutcome Outcome, Ticket? Ticket = null, Message? Message = null, string? Why = null)
{
    /// <summary>A copy came in while this one was examined: look again.</summary>
    public static Verdict Unclear { get; } = new(MailOutcome.Stored);

    /// <summary>The message, when it is not at hand itself.</summary>
    public Guid? MessageId { get; init; } = Message?.Id;
}

/// <summary>Takes mails out of the way that are no request of a customer. One filter, one file; the first that gives a verdict decides.</summary>
internal interface IIntakeFilter
{
    /// <summary>Low numbers judge first.</summary>
    int Order { get; }

    /// <summary>The verdict, or null to let the next one judge. It may add to the transaction and must not save it.</summary>
    Task<Verdict?> JudgeAsync(Filing filing, CancellationToken ct);
}
