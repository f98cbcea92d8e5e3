using Solodesk.Mail.Net;

namespace Solodesk.Mail.OAuth;

/// <summary>Gives an access token that still holds, refreshing it when it is needed and only once for all who wait.</summary>
/// <param name="client">Refreshes.</param>
/// <param name="tokens">The access at hand.</param>
/// <param name="clock">Tells whether it still holds.</param>
/// <param name="keep">Stores renewed access before anybody uses it: the old refresh token may be void by then.</param>
public sealed class OAuthTokenSource(OAuthClient client, OAuthTokens tokens, TimeProvider clock, Func<OAuthTokens, CancellationToken, Task> keep) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>The access as it stands.</summary>
    public OAuthTokens Current { get; private set; } = tokens;

    /// <summary>Credentials that ask this source on each connection.</summary>
    public MailCredentials Credentials(string userName) => MailCredentials.Bearer(userName, GetAsync);

    /// <summary>An access token that holds for some minutes more.</summary>
    /// <exception cref="MailConnectionException">It could not be refreshed.</exception>
    public async ValueTask<string> GetAsync(CancellationToken ct)
    {
        if (!Current.IsExpired(clock.GetUtcNow()))
        {
            return Current.AccessToken;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (Current.IsExpired(clock.GetUtcNow()))
            {
                var fresh = await client.RefreshAsync(Current, ct);
                await keep(fresh, ct);
                Current = fresh;
            }

            return Current.AccessToken;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
