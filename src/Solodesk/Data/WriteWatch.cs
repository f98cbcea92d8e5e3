using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Solodesk.Data;

/// <summary>
/// Sees the writes that need no turn because a library makes them (accounts, sessions): every save through a context. All others end a turn
/// (<see cref="IDatabase.WriteEnded"/>). Watching each statement instead would cost every query.
/// </summary>
internal sealed class WriteWatch(RecentReads recent) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        recent.Forget();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        recent.Forget();
        return ValueTask.FromResult(result);
    }
}
