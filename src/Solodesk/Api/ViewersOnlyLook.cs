using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>
/// Who only looks is refused at the door of everything that is not reading, so that no endpoint can forget it. What belongs to their own
/// account says so by name; what is open to anybody stays open to them.
/// </summary>
internal static class ViewersOnlyLook
{
    public static IApplicationBuilder UseViewersOnlyLook(this IApplicationBuilder app) => app.Use((context, next)
        => context.User.Identity?.IsAuthenticated != true || context.User.ToActor().CanWork || IsForViewers(context)
            ? next(context)
            : FailureAnswer.TellAsync(context, Problem.Forbidden, StatusCodes.Status403Forbidden));

    /// <summary>Lets viewers in too: it is about themselves.</summary>
    public static TBuilder ForViewers<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(ForViewersToo.It);

    private static bool IsForViewers(HttpContext context)
        => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ForViewersToo>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    internal sealed record ForViewersToo
    {
        public static ForViewersToo It { get; } = new();
    }
}
