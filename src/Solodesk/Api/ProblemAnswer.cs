using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Solodesk.Common;
using Solodesk.Ui;

namespace Solodesk.Api;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457): its code as the type, its reason in the caller's language.</summary>
internal sealed class ProblemAnswer(Problem problem, int? status = null) : IResult, IStatusCodeHttpResult
{
    public int Status => status ?? StatusOf(problem.Code);

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var phrases = httpContext.RequestServices.GetRequiredService<Phrases>();
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = new ProblemBody(problem.Code, phrases.Of(problem), Status, problem.Field, httpContext.Request.Path);
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.ContentLanguage = System.Globalization.CultureInfo.CurrentUICulture.Name;
        return httpContext.Response.WriteAsJsonAsync(body, json, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>The answer that a refusal gets: its last word says what kind it is.</summary>
    public static int StatusOf(string code) => code[(code.LastIndexOf('.') + 1)..] switch
    {
        "forbidden" or "scope_missing" => StatusCodes.Status403Forbidden,
        "unauthorized" => StatusCodes.Status401Unauthorized,
        "not_found" => StatusCodes.Status404NotFound,
        "exists" or "in_use" or "running" or "unfinished" => StatusCodes.Status409Conflict,
        "changed" => StatusCodes.Status412PreconditionFailed,
        "too_large" or "file_too_large" => StatusCodes.Status413PayloadTooLarge,
        "antiforgery" or "malformed" => StatusCodes.Status400BadRequest,
        "disk_full" or "unwritable" => StatusCodes.Status507InsufficientStorage,
        "too_many" => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>What a refused call answers (RFC 9457).</summary>
/// <param name="Type">Stable code of the refusal, such as <c>ticket.not_found</c>.</param>
/// <param name="Title">The reason in the caller's language, for people.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Field">The field of the request that is at fault, when there is one.</param>
/// <param name="Instance">The address that was called.</param>
public sealed record ProblemBody(string Type, string Title, int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field, string Instance);
