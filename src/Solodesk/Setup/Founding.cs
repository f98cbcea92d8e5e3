using Microsoft.EntityFrameworkCore;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>Knows whether the desk has anybody yet; a yes is remembered for good.</summary>
internal sealed class Founding(IDbContextFactory<DeskDb> dbs)
{
    private volatile bool _founded;

    public async ValueTask<bool> IsFoundedAsync(CancellationToken ct)
    {
        if (_founded)
        {
            return true;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return _founded = await db.Users.AnyAsync(ct);
    }
}
