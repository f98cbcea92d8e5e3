using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>
/// What every call of the API goes through after it was let in: a browser's cookie alone must not be able to write (antiforgery header),
/// and a POST with an <c>Idempotency-Key</c> acts once.
/// </summary>
internal static class ApiCalls
{
    public static IApplicationBuilder UseApiCalls(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiRoutes.ApiEndpoint>() is null || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        if (!context.User.IsToken() && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await new ProblemAnswer(new Problem("antiforgery"), StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (HttpMethods.IsPost(context.Request.Method) && key.Length > 0)
        {
            await context.RequestServices.GetRequiredService<Idempotency>().RunAsync(context, key, next);
        }
        else
        {
            await next(context);
        }
    });
}
