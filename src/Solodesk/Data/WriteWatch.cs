using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Solodesk.Data;

/// <summary>Sees every write that goes through a context, whoever makes it: a commit, a save without a transaction, an update in place.</summary>
internal sealed class WriteWatch(RecentReads recent) : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        recent.Forget();
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        recent.Forget();
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => recent.Forget();

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        recent.Forget();
        return Task.CompletedTask;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        recent.Forget();
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        recent.Forget();
        return ValueTask.FromResult(result);
    }
}
