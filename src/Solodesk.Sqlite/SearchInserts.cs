using System.Globalization;
using Microsoft.Data.Sqlite;
using Solodesk.Search;

namespace Solodesk.Sqlite;

/// <summary>The inserts of a searchable text, prepared once for a connection: the writer's connection runs them for every message.</summary>
internal sealed class SearchInserts(SqliteConnection connection)
{
    private readonly SqliteCommand _entry = Prepare(connection, "INSERT INTO \"SearchEntries\" (\"TicketId\", \"MessageId\") VALUES ($a, $b) RETURNING \"Id\"");
    private readonly SqliteCommand _tokens = Prepare(connection, "INSERT INTO \"SearchTokens\" (rowid, tokens) VALUES ($a, $b)");
    private readonly SqliteCommand _words = Prepare(connection, "INSERT OR IGNORE INTO \"IndexedWords\" (\"Word\") SELECT value FROM json_each($a)");

    public void Run(SqliteTransaction? transaction, Guid ticket, Guid? message, string tokens)
    {
        _entry.Transaction = _tokens.Transaction = _words.Transaction = transaction;
        Bind(_entry, ticket, message is { } id ? id : DBNull.Value);
        var row = Convert.ToInt64(_entry.ExecuteScalar(), CultureInfo.InvariantCulture);
        Bind(_tokens, row, tokens);
        _tokens.ExecuteNonQuery();
        // Letters and digits only: nothing in them has to be escaped.
        Bind(_words, $"[{string.Join(',', WordBeginnings.Of(tokens).Select(w => $"\"{w}\""))}]", DBNull.Value);
        _words.ExecuteNonQuery();
        _entry.Transaction = _tokens.Transaction = _words.Transaction = null;
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
