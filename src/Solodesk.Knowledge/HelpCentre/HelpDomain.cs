using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Data;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>On the help centre's own domain the first page is the help centre, and the desk is not to be found.</summary>
internal sealed class HelpDomain : IStartupFilter
{
    private static readonly string[] Open = ["/help", "/contact", "/track", "/files", "/support", "/sitemap.xml", "/robots.txt", "/_content", "/_framework", "/chat/exchange", "/chat/files", "/chat/socket", "/chat/suggest", "/widget.js", "/widget", "/language", "/not-found", "/error", "/health"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var domain = (await context.RequestServices.GetRequiredService<Settings>().ReadAsync<HelpSettings>(context.RequestAborted)).Domain;
            if (domain.Length > 0 && string.Equals(context.Request.Host.Host, domain, StringComparison.OrdinalIgnoreCase))
            {
                if (context.Request.Path == "/")
                {
                    context.Response.Redirect("/help");
                    return;
                }

                if (!Open.Any(o => context.Request.Path.StartsWithSegments(o)))
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }
            }

            await following(context);
        });
        next(app);
    };
}
