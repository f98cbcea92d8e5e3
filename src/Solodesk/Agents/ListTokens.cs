using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>The API tokens of the desk, newest first; a desk has a handful.</summary>
[UseCase]
public sealed class ListTokens(IDbContextFactory<DeskDb> dbs)
{
    public sealed record Row(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt);

    public async Task<Result<IReadOnlyList<Row>>> RunAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<ApiToken>().AsNoTracking().OrderByDescending(t => t.CreatedAt).Take(200)
            .Select(t => new Row(t.Id, t.Name, t.Prefix, t.Scopes, t.CreatedAt, t.UsedAt, t.RevokedAt)).ToListAsync(ct);
    }
}
