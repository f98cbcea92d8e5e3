using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Api;

/// <summary>
/// What somebody asked to be done is done, even if they have gone on to another page before the answer came: who presses a key and follows a
/// link right after it means both. Only reading is called off when nobody waits for it any more.
/// </summary>
internal static class WholeWrites
{
    public static IApplicationBuilder UseWholeWrites(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.RequestAborted = CancellationToken.None;
        }

        return next(context);
    });
}
