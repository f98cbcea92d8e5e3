using Npgsql;
using NpgsqlTypes;
using Solodesk.Bench.Seeding;
using Solodesk.Text.Tokens;

namespace Solodesk.Bench.Databases;

/// <summary>One COPY for each table, side by side; they end in the order in which rows point at each other.</summary>
internal sealed class PostgresBulk : IBulk
{
    private readonly NpgsqlDataSource _source;
    private readonly List<NpgsqlConnection> _connections = [];
    private readonly Dictionary<Table, NpgsqlBinaryImporter> _imports = [];
    private readonly TextWriter _texts;
    private readonly List<string> _after = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public PostgresBulk(string connection)
    {
        _source = new NpgsqlDataSourceBuilder(connection) { ConnectionStringBuilder = { Pooling = false, CommandTimeout = 3600 } }.Build();
        foreach (var table in Table.All)
        {
            _imports[table] = Open().BeginBinaryImport($"COPY \"{table.Name}\" ({table.QuotedColumns}) FROM STDIN (FORMAT BINARY)");
        }

        // As text: PostgreSQL sorts the tokens of a vector itself when it reads one.
        _texts = Open().BeginTextImport("COPY \"SearchEntries\" (\"TicketId\", \"MessageId\", \"Tokens\") FROM STDIN");
    }

    public void Add(Table table, params ReadOnlySpan<object?> values)
    {
        var import = _imports[table];
        import.StartRow();
        foreach (var value in values)
        {
            Write(import, value);
        }
    }

    public void AddText(Guid ticket, Guid? message, string text)
    {
        var tokens = SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        _known.UnionWith(tokens.Where(t => t.Length >= Seeder.ShortestBeginning));
        _texts.Write($"{ticket}\t{message?.ToString() ?? "\\N"}\t");
        _texts.Write(string.Join(' ', tokens.Select(t => $"'{t}'")));
        _texts.Write('\n');
    }

    public void Execute(string sql) => _after.Add(sql);

    public void Finish()
    {
        foreach (var table in Table.All)
        {
            _imports[table].Complete();
            _imports[table].Dispose();
        }

        _texts.Dispose();
        using (var words = Open().BeginTextImport("COPY \"IndexedWords\" (\"Word\") FROM STDIN"))
        {
            foreach (var word in _known)
            {
                words.Write(word + "\n");
            }
        }

        // VACUUM also files what the full-text index still has in its pending list.
        foreach (var sql in (string[])[.. _after, "VACUUM ANALYZE"])
        {
            using var command = Open().CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        _connections.ForEach(c => c.Dispose());
        _source.Dispose();
    }

    private static void Write(NpgsqlBinaryImporter import, object? value)
    {
        switch (value)
        {
            case null: import.WriteNull(); break;
            case string text: import.Write(text, NpgsqlDbType.Text); break;
            case Guid id: import.Write(id, NpgsqlDbType.Uuid); break;
            case long number: import.Write(number, NpgsqlDbType.Bigint); break;
            case int number: import.Write(number, NpgsqlDbType.Integer); break;
            case bool flag: import.Write(flag, NpgsqlDbType.Boolean); break;
            case DateTimeOffset at: import.Write(at, NpgsqlDbType.TimestampTz); break;
            case string[] texts: import.Write(texts, NpgsqlDbType.Array | NpgsqlDbType.Text); break;
            case Guid[] ids: import.Write(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid); break;
            default: throw new ArgumentException($"No column holds a {value.GetType().Name}");
        }
    }

    private NpgsqlConnection Open()
    {
        var connection = _source.OpenConnection();
        _connections.Add(connection);
        return connection;
    }
}
