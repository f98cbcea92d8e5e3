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
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return next(context);
    });

    public static string LanguageOf(HttpContext context)
    {
        if (context.User.FindFirstValue(AgentClaims.LanguageClaim) is { Length: > 0 } own)
        {
            return Phrases.Known(own);
        }

        var asked = context.Request.Query["lang"].ToString();
        if (asked.Length is > 1 and < 20)
        {
            return Phrases.Known(asked);
        }

        return Phrases.Known(context.Request.Cookies["lang"] ?? context.Request.GetTypedHeaders().AcceptLanguage?
            .OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.ToString() ?? "zh");
    }
}
