using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Solodesk.Engine.Conditions;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>The cases on SQLite or PostgreSQL, stored as the product stores its rows.</summary>
internal sealed class CaseDb(DbContextOptions<CaseDb> options) : DbContext(options)
{
    public DbSet<Case> Cases => Set<Case>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDbFunction(Wildcard.LikeMethod).HasTranslation(arguments =>
            new LikeExpression(arguments[0], arguments[1], new SqlConstantExpression("\\", null), null));
        var sqlite = Database.IsSqlite();
        modelBuilder.HasDbFunction(TextFold.FoldMethod).HasTranslation(arguments => sqlite
            ? Call("fold", arguments[0])
            : Call("lower", Call("normalize", arguments[0], new SqlFragmentExpression("NFKC"))));
        var row = modelBuilder.Entity<Case>();
        row.Property(each => each.Id).ValueGeneratedNever();
        row.HasOne(each => each.Client).WithMany().HasForeignKey(each => each.ClientId);
        row.HasMany(each => each.Tags).WithOne();
        row.HasMany(each => each.Messages).WithOne();
        row.HasMany(each => each.Custom).WithOne();
        row.HasMany(each => each.Events).WithOne();
    }

    /// <summary>What SQLite calls.</summary>
    public static void Teach(SqliteConnection connection) => connection.CreateFunction<string?, string?>("fold", text => text is null ? null : TextFold.Fold(text), isDeterministic: true);

    private static SqlFunctionExpression Call(string name, params SqlExpression[] values)
        => new(name, values, nullable: true, [true, .. values.Skip(1).Select(_ => false)], typeof(string), values[0].TypeMapping);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (Database.IsSqlite())
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Ticks>();
        }
    }

    private sealed class Ticks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
