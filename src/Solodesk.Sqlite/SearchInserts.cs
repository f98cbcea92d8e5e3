using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Solodesk.Sqlite;

/// <summary>The two inserts of a searchable text, prepared once for a connection: the writer's connection runs them for every message.</summary>
internal sealed class SearchInserts(SqliteConnection connection)
{
    private readonly SqliteCommand _entry = Prepare(connection, "INSERT INTO \"SearchEntries\" (\"TicketId\", \"MessageId\") VALUES ($a, $b) RETURNING \"Id\"");
    private readonly SqliteCommand _tokens = Prepare(connection, "INSERT INTO \"SearchTokens\" (rowid, tokens) VALUES ($a, $b)");

    public void Run(SqliteTransaction? transaction, Guid ticket, Guid? message, string tokens)
    {
        _entry.Transaction = _tokens.Transaction = transaction;
        Bind(_entry, ticket, message is { } id ? id : DBNull.Value);
        var row = Convert.ToInt64(_entry.ExecuteScalar(), CultureInfo.InvariantCulture);
        Bind(_tokens, row, tokens);
        _tokens.ExecuteNonQuery();
        _entry.Transaction = _tokens.Transaction = null;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqliteParameter { ParameterName = "$a" });
        command.Parameters.Add(new SqliteParameter { ParameterName = "$b" });
        return command;
    }

    private static void Bind(SqliteCommand command, object a, object b)
    {
        command.Parameters[0].Value = a;
        command.Parameters[1].Value = b;
    }
}
