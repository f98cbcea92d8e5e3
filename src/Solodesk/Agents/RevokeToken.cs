using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>Ends an API token at once; its line stays for the record.</summary>
[UseCase]
public sealed class RevokeToken(DeskWriter writer, KnownTokens known, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        var result = await writer.RunAsync<Done>(async db =>
        {
            var token = await db.Set<ApiToken>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (token is null)
            {
                return Problem.NotFound("token");
            }

            if (token.RevokedAt is null)
            {
                var now = clock.GetUtcNow();
                token.RevokedAt = now;
                db.Add(AuditEntry.Of(actor, now, "token.revoked", token.Name));
            }

            return Done.It;
        }, ct);
        known.Forget();
        return result;
    }
}
