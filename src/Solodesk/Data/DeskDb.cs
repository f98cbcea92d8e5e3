using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;

namespace Solodesk.Data;

/// <summary>The one database of the product; every feature keeps its tables' shape beside its entities.</summary>
public sealed class DeskDb(DbContextOptions<DeskDb> options) : IdentityUserContext<Agent, Guid>(options)
{
    /// <summary>For tools and tests without a host: Identity reads from the services that its tables hold passkeys.</summary>
    public static DbContextOptionsBuilder WithoutHost(DbContextOptionsBuilder options)
        => options.UseApplicationServiceProvider(new ServiceCollection()
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .BuildServiceProvider());

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
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
