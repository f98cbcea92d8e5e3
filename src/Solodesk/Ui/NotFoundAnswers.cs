using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Ui;

/// <summary>An address that leads nowhere is answered with a page that says so, where a person asked; programs get the bare 404.</summary>
internal static class NotFoundAnswers
{
    /// <summary>
    /// Gives a page that says itself what is missing the status 404. Said at the last moment: a page that has the status while it is drawn is
    /// not sent at all, because the framework waits for somebody else to draw one.
    /// </summary>
    public static void AnswerNotFound(this HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

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
