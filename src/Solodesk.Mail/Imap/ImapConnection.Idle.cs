using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <content>Waiting for news.</content>
public sealed partial class ImapConnection
{
    private bool _idleRefused;

    /// <summary>
    /// Waits until something happens in the open mailbox. IDLE (RFC 2177) where the server has it, renewed after
    /// <see cref="ImapOptions.IdleRenewal"/>, which also finds out a connection that died in silence; else NOOP each
    /// <see cref="ImapOptions.PollInterval"/>. News that came with an earlier command counts and returns at once.
    /// </summary>
    /// <param name="ct">Ends the waiting; the connection stays usable.</param>
    /// <returns>What happened, never <see cref="ImapChanges.None"/>.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    /// <exception cref="MailConnectionException">The connection is lost.</exception>
    public async Task<ImapChanges> IdleAsync(CancellationToken ct)
    {
        if (Selected is null)
        {
            throw new InvalidOperationException("No mailbox is open.");
        }

        while (true)
        {
            if (TakeChanges() is not ImapChanges.None and var changes)
            {
                return changes;
            }

            ct.ThrowIfCancellationRequested();
            if (Capabilities.Has("IDLE") && !_idleRefused)
            {
                _idleRefused = !await _dialogue.IdleAsync(() => _changes != ImapChanges.None, ct);
            }
            else
            {
                await Task.Delay(_options.PollInterval, _options.Clock, ct);
                await OkAsync(new("NOOP"), null, ct);
            }
        }
    }
}
