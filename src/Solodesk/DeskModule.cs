using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Channels.Web;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Jobs;
using Solodesk.Live;
using Solodesk.Setup;
using Solodesk.Setup.Demo;
using Solodesk.Tickets;
using Solodesk.Tickets.Bulk;
using Solodesk.Tickets.Writing;
using Solodesk.Today;
using Solodesk.Ui;

namespace Solodesk;

/// <summary>The product as one thing to add to a host. Shelves are found by one scan, so that adding a member is adding its file.</summary>
public static class DeskModule
{
    public static IServiceCollection AddDesk(this IServiceCollection services, DeskFolders folders)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(folders);
        services.AddSingleton<IFileStore, LocalFileStore>();
        services.AddSingleton<Settings>();
        services.AddSingleton<RecentReads>();
        services.AddSingleton<WriteWatch>();
        services.ConfigureDbContext<DeskDb>((provider, options) => options.AddInterceptors(provider.GetRequiredService<WriteWatch>()));
        services.AddSingleton<DeskWriter>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<OpenDesks>();
        services.AddHostedService<LiveBroadcastService>();
        services.AddSingleton<BulkSignal>();
        services.AddSingleton<BulkWorker>();
        services.AddHostedService<BulkService>();
        services.AddSingleton<Phrases>();
        services.AddScoped<Times>();
        services.AddHttpContextAccessor();
        services.AddHttpClient();
        services.AddDataProtection().SetApplicationName("solodesk").PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));

        // Chinese stays Chinese in the HTML instead of becoming one reference for each character.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddAntiforgery(o => o.HeaderName = "X-CSRF-Token");
        services.AddSignalR();
        services.AddSignIn();
        services.AddFirstVisit();
        services.AddApi();
        services.AddSingleton<PublicForms>();

        services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = FileLimits.LargestForm);
        services.Configure<FormOptions>(o => o.MultipartBodyLengthLimit = FileLimits.LargestForm);

        services.AddEmailChannel();
        services.AddUseCases();
        services.AddEvery<IEndpoints>();
        services.AddEvery<ICommand>();
        services.AddEvery<IMessageCarrier>();
        services.AddEvery<IAcknowledgement>();
        services.AddEvery<ITodayPart>();
        services.AddEvery<IOwnAddresses>();
        services.AddEvery<IIntakeFilter>();
        services.AddEvery<IPeriodicJob>();
        services.AddEvery<IDemoFiller>();
        services.AddEvery<IPublicLook>();
        services.AddEvery<IContactHelp>();
        services.AddEvery<ITicketPart>();
        services.AddEvery<IMessagePart>();
        services.AddEvery<Today.IFocusPart>();
        services.AddEvery<IIndustryStarter>();
        services.AddEvery<IDeskPost>();
        services.AddEvery<ICustomerPart>();
        services.AddEvery<ICustomerMoments>();
        services.AddQuartz();
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService<PeriodicJobs>();
        foreach (var feature in DeskParts.Types.Where(t => t.IsAssignableTo(typeof(IFeature))))
        {
            ((IFeature)Activator.CreateInstance(feature)!).Add(services);
        }

        services.AddSingleton<HeldSignal>();
        services.AddHostedService<HeldReplyService>();
        services.AddSingleton<Presence>();
        services.AddSingleton<PresenceService>();
        services.AddHostedService(provider => provider.GetRequiredService<PresenceService>());
        return services;
    }

    public static void UseDesk(this WebApplication app)
    {
        // Behind a proxy on this machine the visitor's own address and scheme count.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseFailureAnswers();
        app.UseSecurityHeaders();
        app.UsePlainAddresses();
        app.UseAuthentication();
        app.UseViewerLanguage();
        app.UseNotFoundPage();
        app.UseDemoSignIn();
        app.UseFirstVisit();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseViewersOnlyLook();
        app.UseAntiforgery();
        app.UseAntiforgeryAnswers();
        app.UseWholeWrites();
        app.UseApiCalls();
    }

    public static void MapDesk(this WebApplication app)
    {
        foreach (var endpoints in app.Services.GetServices<IEndpoints>())
        {
            endpoints.Map(app);
        }

        app.MapStaticAssets().AllowAnonymous();
        app.MapApiDescription();
        app.MapGet("/health", () => "ok").AllowAnonymous();
        app.MapHub<LiveHub>("/live").ForViewers();
        // Pages are read; what is posted to their addresses is the features' own endpoints' business.
        app.MapRazorComponents<App>().AddAdditionalAssemblies([.. DeskParts.Assemblies.Skip(1)]).DisableAntiforgery().Add(page =>
        {
            foreach (var methods in page.Metadata.OfType<HttpMethodMetadata>().ToList())
            {
                page.Metadata.Remove(methods);
            }

            page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        });
    }

    /// <summary>Every class with a public <c>RunAsync</c> or a reading counterpart that pages and endpoints ask for by its own type.</summary>
    private static void AddUseCases(this IServiceCollection services)
    {
        foreach (var type in DeskParts.Types.Where(t => t is { IsSealed: true, IsNested: false } && t.GetCustomAttributes(typeof(UseCaseAttribute), false).Length > 0))
        {
            services.TryAddTransient(type);
        }
    }

    /// <summary>Registers every concrete <typeparamref name="T"/> of the product's assemblies.</summary>
    private static void AddEvery<T>(this IServiceCollection services) where T : class
    {
        foreach (var type in DeskParts.Types.Where(t => t.IsAssignableTo(typeof(T))))
        {
            services.AddTransient(typeof(T), type);
        }
    }
}
