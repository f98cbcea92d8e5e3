using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>
/// The tokens seen lately, so that a busy program does not cost a query each time. A revoked token ends at once in this process and
/// within <see cref="Fresh"/> on other nodes. Unknown secrets are never remembered.
/// </summary>
public sealed class KnownTokens(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Known> _tokens = new(StringComparer.Ordinal);

    /// <summary>The living token of this secret, or null.</summary>
    public async ValueTask<ApiToken?> FindAsync(string secret, CancellationToken ct)
    {
        var hash = TokenSecret.Hash(secret);
        var now = clock.GetUtcNow();
        if (!_tokens.TryGetValue(hash, out var known) || now - known.ReadAt > Fresh)
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var token = await db.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.RevokedAt == null, ct);
            if (token is null)
            {
                _tokens.TryRemove(hash, out _);
                return null;
            }

            known = new Known(token, now);
            _tokens[hash] = known;
        }

        await NoteUseAsync(known.Token, now, ct);
        return known.Token;
    }

    /// <summary>Reads every token anew.</summary>
    public void Forget() => _tokens.Clear();

    private async Task NoteUseAsync(ApiToken token, DateTimeOffset now, CancellationToken ct)
    {
        if (token.UsedAt is { } used && now - used < BetweenUses)
        {
            return;
        }

        token.UsedAt = now;
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Set<ApiToken>().Where(t => t.Id == token.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.UsedAt, now), ct);
        }
    }

    private sealed record Known(ApiToken Token, DateTimeOffset ReadAt);
}
