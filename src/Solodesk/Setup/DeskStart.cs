using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Solodesk.Data;
using Solodesk.Setup.Demo;

namespace Solodesk.Setup;

/// <summary>Brings the database up to date and starts listening.</summary>
public static class DeskStart
{
    /// <summary>Begins with what takes longest at a start, the model of the database, while the rest is put together.</summary>
    public static void ReadAhead(IServiceProvider services) => _ = Task.Run(() =>
    {
        using var db = services.GetRequiredService<IDbContextFactory<DeskDb>>().CreateDbContext();
        return db.Model;
    });

    /// <summary>Creates or upgrades the database; safe to call again.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<DeskDb>>().CreateDbContextAsync(ct);
        await services.GetRequiredService<IDatabase>().PrepareAsync(db, ct);
        // Migrating looks at the whole model first, which a desk that is up to date need not wait for at each start.
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            await db.Database.MigrateAsync(ct);
        }

        await services.GetRequiredService<Settings>().LoadAsync(db, ct);
    }

    public static async Task RunAsync(WebApplication app)
    {
        await PrepareAsync(app.Services, app.Lifetime.ApplicationStopping);
        if (app.Configuration.GetValue<bool>("Demo"))
        {
            await FillDemoAsync(app.Services, app.Lifetime.ApplicationStopping);
        }

        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Solodesk listens on {string.Join(", ", Addresses(app))}");
        if (!await app.Services.GetRequiredService<Founding>().IsFoundedAsync(app.Lifetime.ApplicationStopping))
        {
            // Whoever reads this owns the machine; a visitor from another one is asked for it.
            await Console.Out.WriteLineAsync($"Set-up code for a first visit from another machine: {app.Services.GetRequiredService<SetupCode>().Shown}");
        }

        await app.WaitForShutdownAsync();
    }

    private static async Task FillDemoAsync(IServiceProvider services, CancellationToken ct)
    {
        var outcome = await services.GetRequiredService<FillDemo>().RunAsync(ct);
        await Console.Out.WriteLineAsync(outcome switch
        {
            FillDemo.Outcome.Filled => "Filled this desk with a year of Driftnote 漂流笔记, a company that does not exist. Nothing you see is real.",
            FillDemo.Outcome.AlreadyDemo => "This desk holds the demo company already; it was left as it is.",
            FillDemo.Outcome.NotEmpty => "--demo fills an empty desk only; this one is in use and was left as it is. For a demo beside it, add --data with another folder.",
        });
    }

    // A host without a socket (tests) has none.
    private static IEnumerable<string> Addresses(WebApplication app)
        => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
