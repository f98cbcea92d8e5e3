using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Engine.Conditions;
using Solodesk.Customers;
using Solodesk.Search;

namespace Solodesk.Data;

/// <summary>The one database of the product; every feature keeps its tables' shape beside its entities.</summary>
public sealed class DeskDb(DbContextOptions<DeskDb> options) : IdentityUserContext<Agent, Guid>(options)
{
    /// <summary>What <see cref="TextFold.Fold"/> is called on a database that calls functions of the program.</summary>
    public const string FoldFunction = "desk_fold";

    /// <summary>For tools and tests without a host: Identity reads from the services that its tables hold passkeys.</summary>
    public static DbContextOptionsBuilder WithoutHost(DbContextOptionsBuilder options)
        => options.UseApplicationServiceProvider(new ServiceCollection()
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .BuildServiceProvider());

    /// <summary>Saves, without characters that no text holds, and keeps in step what is kept twice: the rows of own fields, the words that customers are found by.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Once for both: comparing everything that was read with how it was read is half of a small save.
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        if (detects)
        {
            ChangeTracker.DetectChanges();
        }

        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            StorableText.Keep(ChangeTracker);
            await FieldValue.FollowAsync(this, cancellationToken);
            await CustomerWords.FollowAsync(this, cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Patterns of conditions mean the same here as in memory.
        builder.HasDbFunction(Wildcard.LikeMethod).HasTranslation(a => new LikeExpression(a[0], a[1], new SqlConstantExpression("\\", null), null));
        var postgres = Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";
        builder.HasDbFunction(TextFold.FoldMethod).HasTranslation(a => postgres ? Lower(Call("normalize", a[0], new SqlFragmentExpression("NFKC"))) : Call(FoldFunction, a[0]));
        foreach (var part in DeskParts.Assemblies)
        {
            builder.ApplyConfigurationsFromAssembly(part);
        }

        if (postgres)
        {
            // Words are looked up by their beginnings: in the order of their bytes, as on SQLite.
            builder.Entity<CustomerWord>().Property(w => w.Word).UseCollation("C");
            builder.Entity<IndexedWord>().Property(w => w.Word).UseCollation("C");
        }
    }

    private static SqlFunctionExpression Lower(SqlExpression text) => Call("lower", text);

    private static SqlFunctionExpression Call(string name, params SqlExpression[] values)
        => new(name, values, nullable: true, [true, .. values.Skip(1).Select(_ => false)], typeof(string), values[0].TypeMapping);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        }
        else
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTime>();
        }
    }
}
