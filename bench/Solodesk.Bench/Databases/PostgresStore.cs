using System.Globalization;
using Npgsql;

namespace Solodesk.Bench.Databases;

/// <summary>One database for each desk, and a folder for the server's files.</summary>
internal sealed class PostgresStore(string root, string server) : IDeskStore
{
    public string Name => "postgres";

    public DeskAddress Address(string desk) => new(Folder(desk), new Dictionary<string, string>
    {
        ["Database__Provider"] = "postgres",
        ["Database__Connection"] = To(Database(desk)),
    });

    public async Task<bool> ExistsAsync(string desk, CancellationToken ct)
        => await ScalarAsync($"SELECT count(*) FROM pg_database WHERE datname = '{Database(desk)}'", ct) is 1L;

    public async Task CreateAsync(string desk, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder(desk));
        await ScalarAsync($"CREATE DATABASE \"{Database(desk)}\"", ct);
    }

    public async Task RemoveAsync(string desk, CancellationToken ct)
    {
        await ScalarAsync($"DROP DATABASE IF EXISTS \"{Database(desk)}\" WITH (FORCE)", ct);
        if (Directory.Exists(Folder(desk)))
        {
            Directory.Delete(Folder(desk), recursive: true);
        }
    }

    public async Task RenameAsync(string desk, string name, CancellationToken ct)
    {
        await ScalarAsync($"ALTER DATABASE \"{Database(desk)}\" RENAME TO \"{Database(name)}\"", ct);
        Directory.Move(Folder(desk), Folder(name));
    }

    public async Task CopyAsync(string desk, string copy, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder(copy));
        await ScalarAsync($"CREATE DATABASE \"{Database(copy)}\" TEMPLATE \"{Database(desk)}\"", ct);
    }

    public IBulk OpenBulk(string desk) => new PostgresBulk(To(Database(desk)));

    public async Task<string> CursorAsync(string desk, long number, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(To(Database(desk)));
        await using var command = source.CreateCommand("SELECT \"LastMessageAt\" FROM \"Tickets\" WHERE \"Number\" = $1");
        command.Parameters.AddWithValue(number);
        var at = (DateTime)(await command.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"{at.Ticks}-{number}");
    }

    public async Task<long> SizeAsync(string desk, CancellationToken ct) => (long)(await ScalarAsync($"SELECT pg_database_size('{Database(desk)}')", ct))!;

    public async Task<string> DescribeAsync(CancellationToken ct)
        => $"PostgreSQL {await ScalarAsync("SHOW server_version", ct)}, fsync={await ScalarAsync("SHOW fsync", ct)}, "
            + $"synchronous_commit={await ScalarAsync("SHOW synchronous_commit", ct)}, shared_buffers={await ScalarAsync("SHOW shared_buffers", ct)}";

    private async Task<object?> ScalarAsync(string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(To("postgres"));
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return await command.ExecuteScalarAsync(ct);
    }

    // Without a pool: a connection that is kept would stand in the way of copying and renaming.
    private string To(string database)
        => new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = database != "postgres" }.ToString();

    private static string Database(string desk) => $"solodesk_bench_{desk}";

    private string Folder(string desk) => Path.Combine(root, $"postgres-{desk}");
}
