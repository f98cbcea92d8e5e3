using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Engine.Conditions;
using Solodesk.Customers;

namespace Solodesk.Data;

/// <summary>The one database of the product; every feature keeps its tables' shape beside its entities.</summary>
public sealed class DeskDb(DbContextOptions<DeskDb> options) : IdentityUserContext<Agent, Guid>(options)
{
    /// <summary>For tools and tests without a host: Identity reads from the services that its tables hold passkeys.</summary>
    public static DbContextOptionsBuilder WithoutHost(DbContextOptionsBuilder options)
        => options.UseApplicationServiceProvider(new ServiceCollection()
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .BuildServiceProvider());

    /// <summary>Saves, and keeps in step what is kept twice: the rows of own fields, the words that customers are found by.</summary>
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
        foreach (var part in DeskParts.Assemblies)
        {
            builder.ApplyConfigurationsFromAssembly(part);
        }

        if (Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL")
        {
            // Words are looked up by their beginnings: in the order of their bytes, as on SQLite.
            builder.Entity<CustomerWord>().Property(w => w.Word).UseCollation("C");
        }
    }

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
