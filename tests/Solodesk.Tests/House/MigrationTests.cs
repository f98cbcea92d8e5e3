using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Solodesk.Data;
using Solodesk.Postgres;
using Solodesk.Sqlite;

namespace Solodesk.Tests.House;

public sealed class MigrationTests
{
    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public void Migrations_match_the_model(string provider)
    {
        using var db = Open(provider);
        var kept = db.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
        var was = db.GetService<IModelRuntimeInitializer>().Initialize(kept, designTime: true);
        var now = db.GetService<IDesignTimeModel>().Model;
        var differences = db.GetService<IMigrationsModelDiffer>().GetDifferences(was.GetRelationalModel(), now.GetRelationalModel());
        Assert.True(differences.Count == 0, "Run: dotnet run --project tools/Migrate -- <Name>\n" + string.Join('\n', differences.Select(Describe)));
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        using var sqlite = Open("sqlite");
        using var postgres = Open("postgres");
        Assert.Equal(Names(sqlite), Names(postgres));
    }

    private static string Describe(MigrationOperation difference)
        => $"{difference.GetType().Name} {string.Join(' ', difference.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => p.GetValue(difference)))}";

    private static IEnumerable<string> Names(DeskDb db) => db.Database.GetMigrations().Select(m => m[15..]);

    private static DeskDb Open(string provider)
    {
        var options = new DbContextOptionsBuilder<DeskDb>();
        DeskDb.WithoutHost(provider == "sqlite" ? options.UseDeskSqlite("Data Source=:memory:") : options.UseDeskPostgres("Host=none"));
        return new DeskDb(options.Options);
    }
}
