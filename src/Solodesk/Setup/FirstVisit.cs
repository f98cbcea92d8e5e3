using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>Until the desk is set up, every address of it leads to the set-up; health, files, customers' pages and the API do not.</summary>
internal static class FirstVisit
{
    private const string Path = "/setup";

    public static IServiceCollection AddFirstVisit(this IServiceCollection services)
        => services.AddSingleton<SetupCode>().AddSingleton<Founding>();

    public static IApplicationBuilder UseFirstVisit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (await LeadsToSetupAsync(context))
        {
            context.Response.Redirect(Path);
            return;
        }

        await next(context);
    });

    private static async ValueTask<bool> LeadsToSetupAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Path))
        {
            return false;
        }

        var signIn = path == "/signin";
        if (!signIn && (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || path.StartsWithSegments("/api") || path.StartsWithSegments("/live")))
        {
            return false;
        }

        if (context.User.Identity?.IsAuthenticated != true)
        {
            return !await context.RequestServices.GetRequiredService<Founding>().IsFoundedAsync(context.RequestAborted);
        }

        // The founder left in the middle: the desk itself waits, what belongs to the person does not.
        return HttpMethods.IsGet(context.Request.Method)
            && !path.StartsWithSegments("/account")
            && path != Channels.Email.OAuth.OAuthEndpoints.Callback
            && context.User.FindFirstValue(AgentClaims.RoleClaim) == nameof(Role.Owner)
            && !(await context.RequestServices.GetRequiredService<Settings>().ReadAsync<BusinessSettings>(context.RequestAborted)).SetUp;
    }
}
