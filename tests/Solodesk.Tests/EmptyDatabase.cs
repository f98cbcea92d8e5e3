using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Solodesk.Data;
using Solodesk.Postgres;
using Solodesk.Sqlite;

[assembly: AssemblyFixture(typeof(Solodesk.Tests.EmptyDatabase))]

namespace Solodesk.Tests;

/// <summary>
/// A database as the migrations make it, made once for each run: a test begins with a copy, which takes a fraction of migrating anew. On PostgreSQL a copy is
/// a thousand files to make and to delete again, so one that is done with is emptied and serves the next test.
/// </summary>
public sealed class EmptyDatabase : IAsyncDisposable
{
    private static readonly string Name = "empty" + Guid.CreateVersion7().ToString("N");
    private static readonly string File = Path.Combine(Path.GetTempPath(), "solodesk-tests", Name + ".db");
    private static readonly Lock Making = new();
    private static string? _postgres;
    private static readonly ConcurrentBag<string> Free = [];
    private static bool _made;

    // What the migrations put in stands in a schema beside, to be put in again.
    private const string Keep = """
        CREATE SCHEMA kept;
        DO $$
        DECLARE t text; filled boolean;
        BEGIN
          FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory' LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
            IF filled THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', t, t); END IF;
          END LOOP;
        END $$;
        """;

    // Truncated and not deleted: rows then come to lie in the order in which they are written, as in a new database. Else two of the same moment would be read in any order.
    private const string Empty = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
        SET session_replication_role = replica;
        DO $$
        DECLARE t text; written text;
        BEGIN
          SELECT string_agg(oid::regclass::text, ', ') INTO written FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '__EFMigrationsHistory'
            AND (pg_relation_size(oid) > 0 OR relname IN (SELECT tablename FROM pg_tables WHERE schemaname = 'kept'));
          EXECUTE 'TRUNCATE ' || written || ' CASCADE';
          FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', t, t);
          END LOOP;
          PERFORM setval(quote_ident(schemaname) || '.' || quote_ident(sequencename), start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
        END $$;
        """;

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

    /// <summary>For PostgreSQL: the name of a database that is there when this comes back.</summary>
    public static string Take(string server)
    {
        lock (Making)
        {
            if (_postgres is null)
            {
                // Nobody may be connected to what is copied.
                Migrate(options => options.UseDeskPostgres($"{server};Database={Name};Pooling=false"));
                Run(server, Name, Keep);
                _postgres = server;
            }
        }

        if (Free.TryTake(out var name))
        {
            return name;
        }

        name = "t" + Guid.CreateVersion7().ToString("N");
        Run(server, "postgres", $"CREATE DATABASE {name} TEMPLATE {Name}");
        return name;
    }

    /// <summary>Empties a database for the next test; its desk must be closed.</summary>
    public static void GiveBack(string server, string name)
    {
        Run(server, name, Empty);
        Free.Add(name);
    }

    public static void Drop(string server, string name) => Run(server, "postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        System.IO.File.Delete(File);
        if (_postgres is { } server)
        {
            Free.Append(Name).ToList().ForEach(name => Drop(server, name));
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

    private static void Run(string server, string database, string sql)
    {
        using var connection = new NpgsqlConnection($"{server};Database={database};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
