using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Solodesk.Agents;

namespace Solodesk.Ui;

/// <summary>Chooses the language of a request: the agent's own, the choice of a cookie or <c>?lang=</c>, then the browser's.</summary>
internal static class Viewer
{
    public static IApplicationBuilder UseViewerLanguage(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var language = LanguageOf(context);
        if (HttpMethods.IsGet(context.Request.Method) && Asked(context) is { } chosen)
        {
            // A choice holds for the forms and links that follow.
            context.Response.Cookies.Append("lang", chosen, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return next(context);
    });

    public static string LanguageOf(HttpContext context)
    {
        if (context.User.FindFirstValue(AgentClaims.LanguageClaim) is { Length: > 0 } own)
        {
            return Phrases.Known(own);
        }

        return Phrases.Known(Asked(context) ?? context.Request.Cookies["lang"] ?? context.Request.GetTypedHeaders().AcceptLanguage?
            .OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.ToString() ?? "zh");
    }

    private static string? Asked(HttpContext context)
        => context.Request.Query["lang"].ToString() is { Length: > 1 and < 20 } asked ? Phrases.Known(asked) : null;
}
