using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Engine.Conditions;

namespace Solodesk.Data;

/// <summary>The one database of the product; every feature keeps its tables' shape beside its entities.</summary>
public sealed class DeskDb(DbContextOptions<DeskDb> options) : IdentityUserContext<Agent, Guid>(options)
{
    /// <summary>For tools and tests without a host: Identity reads from the services that its tables hold passkeys.</summary>
    public static DbContextOptionsBuilder WithoutHost(DbContextOptionsBuilder options)
        => options.UseApplicationServiceProvider(new ServiceCollection()
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .BuildServiceProvider());

    /// <summary>Saves, and keeps the rows of own fields in step with what their owners hold.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await FieldValue.FollowAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
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
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        }
    }
}
