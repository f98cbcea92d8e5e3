using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tests;

/// <summary>
/// A whole desk on a database of its own: SQLite, or PostgreSQL when <c>SOLODESK_TEST_POSTGRES</c> holds a connection string. Requests
/// of <see cref="Desk"/> come from the founder; <see cref="Visitor"/> is nobody. A desk <c>beside</c> another is a second node on its database; one <c>fromNothing</c> makes it
/// itself instead of beginning with a copy of an empty one.
/// </summary>
public sealed class DeskApp(bool realSignIn = false, bool demo = false, IInterceptor? interceptor = null, Action<IServiceCollection>? with = null, DeskApp? beside = null, bool fromNothing = false) : WebApplicationFactory<Program>
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("SOLODESK_TEST_POSTGRES") is { Length: > 0 } set ? set : null;
    private readonly bool _realSignIn = realSignIn;
    private readonly string _name = "t" + Guid.CreateVersion7().ToString("N");
    private string? _database;

    /// <summary>Somebody went past the desk to its database, which may be anything since.</summary>
    private bool _touched = fromNothing || demo;

    /// <summary>A Monday at nine in Shanghai; with real cookies now, because a client throws away those whose time is over by its own clock.</summary>
    public ManualClock Clock { get; } = new(realSignIn ? TimeProvider.System.GetUtcNow() : new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));

    public string Folder => beside?.Folder ?? Path.Combine(Path.GetTempPath(), "solodesk-tests", _name);

    /// <summary>The name of its database on PostgreSQL; taken when it is first asked for.</summary>
    private string Database => _database ??= beside?.Database ?? (fromNothing ? _name : EmptyDatabase.Take(Postgres!));

    public Actor Founder { get; } = new(ActorKind.Agent, Guid.Parse("019b0000-0000-7000-8000-000000000001"), "周野", Role.Owner);

    public static bool OnPostgres => Postgres is not null;

    public T Get<T>() where T : notnull
    {
        // The first who asks starts the host; tests that ask from several sides at once must get the same one.
        lock (Clock)
        {
            return Services.GetRequiredService<T>();
        }
    }

    /// <summary>A browser of the founder; does not follow redirects, so that tests see them.</summary>
    public HttpClient Desk(string language = "zh-Hans")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add(TestSignIn.Header, $"{Founder.Id}|{Uri.EscapeDataString(Founder.Name)}|{Founder.Role}|{language}");
        return client;
    }

    /// <summary>A browser of somebody who is not signed in.</summary>
    public HttpClient Visitor() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public async Task<T> ReadAsync<T>(Func<DeskDb, Task<T>> read)
    {
        await using var db = await Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await read(db);
    }

    /// <summary>Does something to the database behind the desk's back.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var other = await OtherConnectionAsync();
        await using var command = other.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Another program that keeps the database to itself until it is disposed: nothing can be written meanwhile.</summary>
    public async Task<IAsyncDisposable> HoldDatabaseAsync()
    {
        var other = await OtherConnectionAsync(outside: true);
        await using var hold = other.CreateCommand();
        // PostgreSQL has no such lock for everything; there the desk's connections are cut and no new one is let in.
        hold.CommandText = Postgres is null ? "BEGIN IMMEDIATE" : $"""
            ALTER DATABASE {Database} ALLOW_CONNECTIONS false;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Database}';
            """;
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return other;
    }

    /// <summary>A connection of another program to the same database, or to the server <paramref name="outside"/> of it.</summary>
    public async Task<DbConnection> OtherConnectionAsync(bool outside = false)
    {
        _touched = true;
        beside?._touched = true;
        DbConnection other = Postgres is null
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "solodesk.db"), Pooling = false }.ToString())
            : new NpgsqlConnection($"{Postgres};Database={(outside ? "postgres" : Database)};Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        return other;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (beside is not null)
        {
            return;
        }

        if (_database is not null)
        {
            if (_touched)
            {
                EmptyDatabase.Drop(Postgres!, _database);
            }
            else
            {
                EmptyDatabase.GiveBack(Postgres!, _database);
            }
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        if (!_realSignIn)
        {
            // A desk whose first visit is over; the tests of the first visit sign in for themselves.
            host.Services.GetRequiredService<Settings>().SaveAsync(new BusinessSettings { SetUp = true }, CancellationToken.None).GetAwaiter().GetResult();
        }

        return host;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data", Folder);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Demo", demo ? "true" : "false");
        if (Postgres is null && beside is null && !fromNothing)
        {
            EmptyDatabase.CopyTo(Path.Combine(Folder, "solodesk.db"));
        }

        if (Postgres is not null)
        {
            builder.UseSetting("Database:Provider", "postgres");
            builder.UseSetting("Database:Connection", $"{Postgres};Database={Database};Maximum Pool Size=10");
        }
        else
        {
            // As the server's own, but with less patience for a database that another program holds.
            builder.UseSetting("Database:Connection", $"Data Source={Path.Combine(Folder, "solodesk.db")};Foreign Keys=True;Default Timeout=2");
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<IStartupFilter>(new TestAddress());
            with?.Invoke(services);
            if (interceptor is not null)
            {
                services.ConfigureDbContext<DeskDb>(o => o.AddInterceptors(interceptor));
            }

            if (!_realSignIn)
            {
                services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestSignIn>(TestSignIn.Scheme, null);
                services.PostConfigure<AuthenticationOptions>(o => o.DefaultScheme = o.DefaultAuthenticateScheme = TestSignIn.Scheme);
            }
        });
    }
}
