using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Solodesk.Data;
using Solodesk.Postgres;
using Solodesk.Sqlite;

[assembly: AssemblyFixture(typeof(Solodesk.Tests.EmptyDatabase))]

namespace Solodesk.Tests;

/// <summary>A database as the migrations make it, made once for each run: a test begins with a copy, which takes a fraction of migrating anew.</summary>
public sealed class EmptyDatabase : IAsyncDisposable
{
    private static readonly string Name = "empty" + Guid.CreateVersion7().ToString("N");
    private static readonly string File = Path.Combine(Path.GetTempPath(), "solodesk-tests", Name + ".db");
    private static readonly Lock Making = new();
    private static string? _postgres;
    private static bool _made;

    /// <summary>For SQLite: the file is there when this comes back.</summary>
    public static void CopyTo(string file)
    {
        lock (Making)
        {
            if (!_made)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(File)!);
                Migrate(options => options.UseDeskSqlite($"Data Source={File};Pooling=false"));

                _made = true;
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.Copy(File, file);
    }

    /// <summary>For PostgreSQL: the database is there when this comes back.</summary>
    public static void CopyTo(string server, string name)
    {
        lock (Making)
        {
            if (_postgres is null)
            {
                // Nobody may be connected to what is copied.
                Migrate(options => options.UseDeskPostgres($"{server};Database={Name};Pooling=false"));

                _postgres = server;
            }
        }

        Run(server, $"CREATE DATABASE {name} TEMPLATE {Name}");
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        System.IO.File.Delete(File);
        if (_postgres is { } server)
        {
            Run(server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        }

        return ValueTask.CompletedTask;
    }

    private static void Migrate(Func<DbContextOptionsBuilder, DbContextOptionsBuilder> use)
    {
        var options = new DbContextOptionsBuilder<DeskDb>();
        DeskDb.WithoutHost(use(options));
        using var db = new DeskDb(options.Options);
        db.Database.Migrate();
    }

    private static void Run(string server, string sql)
    {
        using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
