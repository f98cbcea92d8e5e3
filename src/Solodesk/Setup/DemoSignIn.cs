using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Setup;

/// <summary>
/// With <c>--demo</c>, on a desk that holds demo data only, a visitor at this machine is signed in as the founder. Never from another
/// address: everything in <see cref="LocalVisit"/> must hold.
/// </summary>
internal static class DemoSignIn
{
    public static IApplicationBuilder UseDemoSignIn(this WebApplication app)
        => app.Configuration.GetValue<bool>("Demo") ? app.Use(SignInAsync) : app;

    private static async Task SignInAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated != true
            && HttpMethods.IsGet(context.Request.Method)
            && context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && LocalVisit.Is(context)
            && (await context.RequestServices.GetRequiredService<Settings>().ReadAsync<DemoSettings>(context.RequestAborted)).Active
            && await FounderAsync(context) is { } founder)
        {
            // The demo speaks the language of whoever looks at it.
            founder.Language = Viewer.LanguageOf(context);
            await context.RequestServices.GetRequiredService<UserManager<Agent>>().UpdateAsync(founder);
            var signIn = context.RequestServices.GetRequiredService<SignInManager<Agent>>();
            await signIn.SignInAsync(founder, isPersistent: false, "demo");
            context.User = await signIn.CreateUserPrincipalAsync(founder);
        }

        await next(context);
    }

    /// <summary>The only owner; a desk with two is no demo.</summary>
    private static async Task<Agent?> FounderAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<DeskDb>();
        var owners = await db.Users.Where(a => a.Role == Role.Owner && a.Active).OrderBy(a => a.Id).Take(2).ToListAsync(context.RequestAborted);
        return owners is [var one] ? one : null;
    }
}
