using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Solodesk.Tests;

/// <summary>Lets an SQLite file grow no further while it says so: SQLite then answers as on a full disk.</summary>
internal sealed class FullDisk : DbTransactionInterceptor
{
    private volatile bool _full;

    public bool IsFull { get => _full; set => _full = value; }

    // At each transaction, because connections stay open and the limit is the connection's.
    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        // A limit below the present size is raised to it by SQLite.
        command.CommandText = IsFull ? "PRAGMA max_page_count=1" : "PRAGMA max_page_count=1073741823";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }
}
