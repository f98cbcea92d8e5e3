using System.Text.Json;
using Microsoft.Data.Sqlite;
using Solodesk.Bench.Seeding;
using Solodesk.Text.Tokens;

namespace Solodesk.Bench.Databases;

/// <summary>Prepared inserts in one transaction.</summary>
internal sealed class SqliteBulk : IBulk
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<Table, SqliteCommand> _inserts = [];
    private readonly SqliteCommand _entry;
    private readonly SqliteCommand _tokens;
    private readonly SqliteCommand _word;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _lastEntry;

    public SqliteBulk(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        // A desk that breaks while it is filled is thrown away, so nothing needs to survive a power cut here.
        Pragma("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;");
        _transaction = _connection.BeginTransaction();
        foreach (var table in Table.All)
        {
            _inserts[table] = Prepare($"INSERT INTO \"{table.Name}\" ({table.QuotedColumns}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})", table.Columns.Length);
        }

        _entry = Prepare("INSERT INTO \"SearchEntries\" (\"Id\", \"TicketId\", \"MessageId\") VALUES ($p0, $p1, $p2)", 3);
        _tokens = Prepare("INSERT INTO \"SearchTokens\" (rowid, tokens) VALUES ($p0, $p1)", 2);
        _word = Prepare("INSERT INTO \"IndexedWords\" (\"Word\") VALUES ($p0)", 1);
    }

    public void Add(Table table, params ReadOnlySpan<object?> values) => Run(_inserts[table], values);

    public void AddText(Guid ticket, Guid? message, string text)
    {
        _lastEntry++;
        Run(_entry, _lastEntry, ticket, message);
        var tokens = SearchTokens.ForIndex(text);
        Run(_tokens, _lastEntry, tokens);
        foreach (var word in tokens.Split(' ').Where(t => t.Length >= Seeder.ShortestBeginning && _known.Add(t)))
        {
            Run(_word, word);
        }
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Finish()
    {
        _transaction.Commit();
        Pragma("ANALYZE; PRAGMA journal_mode=WAL;");
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[.. _inserts.Values, _entry, _tokens, _word])
        {
            command.Dispose();
        }

        _transaction.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = Stored(values[i]);
        }

        command.ExecuteNonQuery();
    }

    // The product's own way to keep what SQLite has no type for.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset at => at.UtcTicks,
        string[] or Guid[] => JsonSerializer.Serialize(value),
        _ => value,
    };

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        }

        return command;
    }

    private void Pragma(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
