using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>Brings the database up to date and starts listening.</summary>
public static class DeskStart
{
    /// <summary>Creates or upgrades the database; safe to call again.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<DeskDb>>().CreateDbContextAsync(ct);
        await services.GetRequiredService<IDatabase>().PrepareAsync(db, ct);
        await db.Database.MigrateAsync(ct);
    }

    public static async Task RunAsync(WebApplication app)
    {
        await PrepareAsync(app.Services, app.Lifetime.ApplicationStopping);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Solodesk listens on {string.Join(", ", Addresses(app))}");
        if (!await app.Services.GetRequiredService<Founding>().IsFoundedAsync(app.Lifetime.ApplicationStopping))
        {
            // Whoever reads this owns the machine; a visitor from another one is asked for it.
            await Console.Out.WriteLineAsync($"Set-up code for a first visit from another machine: {app.Services.GetRequiredService<SetupCode>().Shown}");
        }

        await app.WaitForShutdownAsync();
    }

    // A host without a socket (tests) has none.
    private static IEnumerable<string> Addresses(WebApplication app)
        => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
