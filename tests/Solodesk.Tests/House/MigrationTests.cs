using Microsoft.EntityFrameworkCore;
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
        Assert.False(db.Database.HasPendingModelChanges(), "Run: dotnet run --project tools/Migrate -- <Name>");
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        using var sqlite = Open("sqlite");
        using var postgres = Open("postgres");
        Assert.Equal(Names(sqlite), Names(postgres));
    }

    private static IEnumerable<string> Names(DeskDb db) => db.Database.GetMigrations().Select(m => m[15..]);

    private static DeskDb Open(string provider)
    {
        var options = new DbContextOptionsBuilder<DeskDb>();
        DeskDb.WithoutHost(provider == "sqlite" ? options.UseDeskSqlite("Data Source=:memory:") : options.UseDeskPostgres("Host=none"));
        return new DeskDb(options.Options);
    }
}
