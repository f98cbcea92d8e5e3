using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Ui;

/// <summary>An address that leads nowhere is answered with a page that says so, where a person asked; programs get the bare 404.</summary>
internal static class NotFoundAnswers
{
    public static IApplicationBuilder UseNotFoundPage(this IApplicationBuilder app) => app.UseStatusCodePages(static async answer =>
    {
        var context = answer.HttpContext;
        if (context.Response.StatusCode == StatusCodes.Status404NotFound
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            await PageResult.Of<NotFoundPage>(new Dictionary<string, object?>(), StatusCodes.Status404NotFound).ExecuteAsync(context);
        }
    });
}
