using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>How an <see cref="ImapSession"/> comes back after a failure.</summary>
public sealed record ImapSessionOptions
{
    /// <summary>The server.</summary>
    public required ImapOptions Server { get; init; }

    /// <summary>The wait after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait after a failure that may pass by itself.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait after a failure that a person must mend, such as a wrong password: trying often locks accounts.</summary>
    public TimeSpan PersonDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A connection that held so long makes the next wait start from <see cref="FirstDelay"/> again.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Is told each failure and the wait that follows it.</summary>
    public Action<MailConnectionException, TimeSpan>? OnFailure { get; init; }

    /// <summary>Is told each time that a connection stands and is signed in.</summary>
    public Action? OnConnected { get; init; }

    /// <summary>Spreads the waits, so that many mailboxes do not come back at once.</summary>
    public Random Jitter { get; init; } = Random.Shared;
}

/// <summary>Keeps work going over an IMAP connection: connects, signs in, and does so again with growing waits when the connection fails.</summary>
public sealed class ImapSession(ImapSessionOptions options)
{
    private readonly TimeProvider _clock = options.Server.Clock;

    /// <summary>
    /// Runs the work on a connection that is signed in. When the connection fails, the work is started again on a new one; when the work
    /// returns, so does this. Exceptions other than <see cref="MailConnectionException"/> are the work's own and go to the caller.
    /// </summary>
    public async Task RunAsync(Func<ImapConnection, CancellationToken, Task> work, CancellationToken ct)
    {
        var failures = 0;
        while (true)
        {
            long? stoodAt = null;
            try
            {
                await using var connection = await ImapConnection.ConnectAsync(options.Server, ct);
                await connection.AuthenticateAsync(ct);
                stoodAt = _clock.GetTimestamp();
                options.OnConnected?.Invoke();
                await work(connection, ct);
                return;
            }
            catch (MailConnectionException e)
            {
                failures = stoodAt is { } since && _clock.GetElapsedTime(since) >= options.StableAfter ? 0 : failures;
                var delay = Delay(e, failures++);
                options.OnFailure?.Invoke(e, delay);
                await Task.Delay(delay, _clock, ct);
            }
        }
    }

    /// <summary>Between half and all of the doubled wait.</summary>
    private TimeSpan Delay(MailConnectionException failure, int failures)
    {
        var full = failure.IsTransient
            ? TimeSpan.FromTicks(Math.Min(options.MaxDelay.Ticks, options.FirstDelay.Ticks << Math.Min(failures, 20)))
            : options.PersonDelay;
        return full * (0.5 + options.Jitter.NextDouble() / 2);
    }
}
