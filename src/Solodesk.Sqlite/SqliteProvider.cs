using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Data;
using Solodesk.Search;

namespace Solodesk.Sqlite;

/// <summary>The embedded database: one file, nothing to install.</summary>
public static class SqliteProvider
{
    public static IServiceCollection AddDeskSqlite(this IServiceCollection services, string connection)
        => services
            .AddSingleton<IDatabase, SqliteDatabase>()
            .AddSingleton<ISearchIndex, SqliteSearchIndex>()
            // Contexts are used again: making one costs as much as a small query.
            .AddPooledDbContextFactory<DeskDb>(options => options.UseDeskSqlite(connection))
            .AddScoped(services => services.GetRequiredService<IDbContextFactory<DeskDb>>().CreateDbContext());

    public static DbContextOptionsBuilder UseDeskSqlite(this DbContextOptionsBuilder options, string connection)
        => options
            .UseSqlite(connection, o => o.MigrationsAssembly(typeof(SqliteProvider).Assembly).UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            // Whether model and migrations agree is a test's question, not one for every first start.
            // "The first 200 that are due" and "at most 100 of them" mean any of them, so they name no order.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning))
            .AddInterceptors(DurablePragmas.It, FoldFunction.It);

    /// <summary>The connection string of a database file.</summary>
    public static string ConnectionTo(string file)
        => new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
}
