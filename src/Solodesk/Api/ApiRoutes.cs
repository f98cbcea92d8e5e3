using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>How features hang their part of the API up, so that every part behaves alike.</summary>
public static class ApiRoutes
{
    public const string Root = "/api/v1";

    /// <summary>A group of addresses below <c>/api/v1/</c>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string path, string tag)
        => routes.MapGroup($"{Root}/{path}").WithTags(tag).RequireAuthorization(ApiAccess.Policy).WithMetadata(ApiEndpoint.It).DisableAntiforgery();

    /// <summary>Describes an address that answers with <typeparamref name="T"/>, and what a caller needs to use it.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, string scope, string summary, int status = StatusCodes.Status200OK)
        => route.RequireScope(scope).WithSummary(summary).Produces<T>(status).Refuses();

    /// <summary>Describes an address that answers with nothing but that it was done.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder route, string scope, string summary)
        => route.RequireScope(scope).WithSummary(summary).Produces(StatusCodes.Status204NoContent).Refuses();

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route)
        => route.Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");

    public static IResult ToAnswer(this Problem problem) => new ProblemAnswer(problem);

    /// <summary>The value as its answer, or the reason why not.</summary>
    public static IResult ToAnswer<T>(this Result<T> result, Func<T, IResult> answer) => result.Ok ? answer(result.Value) : result.Problem.ToAnswer();

    public static IResult ToAnswer<T>(this Result<T> result) => result.ToAnswer(v => v is Done ? TypedResults.NoContent() : TypedResults.Ok(v));

    /// <summary>Marks the addresses of the API: refusals as problems, antiforgery by header for cookies, idempotent POSTs.</summary>
    internal sealed record ApiEndpoint
    {
        public static ApiEndpoint It { get; } = new();
    }
}
