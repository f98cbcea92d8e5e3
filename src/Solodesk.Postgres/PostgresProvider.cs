using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Solodesk.Data;
using Solodesk.Search;

namespace Solodesk.Postgres;

/// <summary>The database for several nodes: PostgreSQL and what speaks its protocol.</summary>
public static class PostgresProvider
{
    private static readonly PlainParameters Plain = new();

    public static IServiceCollection AddDeskPostgres(this IServiceCollection services, string connection)
        => services
            .AddSingleton(NpgsqlDataSource.Create(WithoutJit(connection)))
            .AddSingleton<IDatabase, PostgresDatabase>()
            .AddSingleton<ISearchIndex, PostgresSearchIndex>()
            .AddHostedService<NoticeService>()
            .AddPooledDbContextFactory<DeskDb>((provider, options) => options
                .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), Configure)
                .AddInterceptors(Plain)
                // Whether model and migrations agree is a test's question, not one for every first start.
                // "The first 200 that are due" and "at most 100 of them" mean any of them, so they name no order.
                .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning)))
            .AddScoped(services => services.GetRequiredService<IDbContextFactory<DeskDb>>().CreateDbContext());

    /// <summary>For tools that have no services.</summary>
    public static DbContextOptionsBuilder UseDeskPostgres(this DbContextOptionsBuilder options, string connection)
        => options.UseNpgsql(connection, Configure);

    // A page's queries are short and their plans look costly only where a common word is asked for: compiling
    // such a plan took a tenth of a second, running it a few milliseconds. Who sets options of their own keeps them.
    private static string WithoutJit(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (string.IsNullOrEmpty(settings.Options))
        {
            settings.Options = "-c jit=off";
        }

        return settings.ConnectionString;
    }

    private static void Configure(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder options)
        => options.MigrationsAssembly(typeof(PostgresProvider).Assembly).UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery);
}
