using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Solodesk.Sqlite;

/// <summary>Set on every connection: a commit is on disk when it returns, and a reader never waits for a writer.</summary>
internal sealed class DurablePragmas : DbConnectionInterceptor
{
    // Pages that were read are in the system's cache as well; a large cache of its own for each connection would hold them over and over.
    // The log is carried into the file every 16 MB instead of every 4: what writes touch is spread over all of a large file, and much of it is touched again soon.
    private const string Pragmas = "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4000; PRAGMA wal_autocheckpoint=4000;";

    /// <summary>Connections come out of a pool; what was set holds as long as the handle lives.</summary>
    private readonly ConditionalWeakTable<object, object> _set = [];

    public static DurablePragmas It { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (((SqliteConnection)connection).Handle is not { } handle || _set.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(handle, this);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // Nothing of SQLite waits asynchronously.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
