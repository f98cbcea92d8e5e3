using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Data;
using Solodesk.Postgres;
using Solodesk.Sqlite;

// dotnet run --project tools/Migrate -- <Name>: scaffolds the same migration for both databases.
if (args is not [var name])
{
    Console.Error.WriteLine("Usage: dotnet run --project tools/Migrate -- <Name>");
    return 2;
}

Add("Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices",
    o => o.UseDeskSqlite("Data Source=:memory:"));
Add("Postgres", "Npgsql.EntityFrameworkCore.PostgreSQL", "Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices",
    o => o.UseDeskPostgres("Host=design"));
return 0;

void Add(string provider, string assembly, string designTime, Action<DbContextOptionsBuilder> use)
{
    var options = new DbContextOptionsBuilder<DeskDb>();
    use(DeskDb.WithoutHost(options));
    using var db = new DeskDb(options.Options);
    var services = new ServiceCollection();
    services.AddEntityFrameworkDesignTimeServices();
    services.AddDbContextDesignTimeServices(db);
    ((IDesignTimeServices)Activator.CreateInstance(Type.GetType($"{designTime}, {assembly}", throwOnError: true)!)!).ConfigureDesignTimeServices(services);
    using var scope = services.BuildServiceProvider().CreateScope();
    var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    var folder = Path.Combine("src", $"Solodesk.{provider}");
    var files = scaffolder.Save(folder, scaffolder.ScaffoldMigration(name, $"Solodesk.{provider}"), Path.Combine(folder, "Migrations"), dryRun: false);
    Console.WriteLine(files.MigrationFile);
}
