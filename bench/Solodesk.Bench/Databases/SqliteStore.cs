using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Solodesk.Bench.Databases;

/// <summary>One folder for each desk.</summary>
internal sealed class SqliteStore(string root) : IDeskStore
{
    public string Name => "sqlite";

    public DeskAddress Address(string desk) => new(Folder(desk), new Dictionary<string, string> { ["Database__Provider"] = "sqlite" });

    public Task<bool> ExistsAsync(string desk, CancellationToken ct) => Task.FromResult(File.Exists(DatabaseFile(desk)));

    public Task CreateAsync(string desk, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder(desk));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string desk, CancellationToken ct)
    {
        if (Directory.Exists(Folder(desk)))
        {
            Directory.Delete(Folder(desk), recursive: true);
        }

        return Task.CompletedTask;
    }

    public Task RenameAsync(string desk, string name, CancellationToken ct)
    {
        Directory.Move(Folder(desk), Folder(name));
        return Task.CompletedTask;
    }

    public Task CopyAsync(string desk, string copy, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder(copy));
        File.Copy(DatabaseFile(desk), DatabaseFile(copy));
        return Task.CompletedTask;
    }

    public IBulk OpenBulk(string desk) => new SqliteBulk(DatabaseFile(desk));

    public async Task<string> CursorAsync(string desk, long number, CancellationToken ct)
    {
        await using var connection = await OpenAsync(DatabaseFile(desk), ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"LastMessageAt\" FROM \"Tickets\" WHERE \"Number\" = $number";
        command.Parameters.AddWithValue("$number", number);
        var at = (long)(await command.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"{at}-{number}");
    }

    public Task<long> SizeAsync(string desk, CancellationToken ct) => Task.FromResult(new FileInfo(DatabaseFile(desk)).Length);

    public async Task<string> DescribeAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(":memory:", ct);
        return $"SQLite {connection.ServerVersion}, WAL, synchronous=FULL";
    }

    private static async Task<SqliteConnection> OpenAsync(string file, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    private string Folder(string desk) => Path.Combine(root, $"sqlite-{desk}");

    private string DatabaseFile(string desk) => Path.Combine(Folder(desk), "solodesk.db");
}
