using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Api;

/// <summary>What an exception means to whoever called.</summary>
/// <param name="Problem">The reason in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Ours">Whether it is a fault of the desk that belongs into the log.</param>
internal sealed record Failure(Problem Problem, int Status, bool Ours)
{
    private const int NoSpaceLeft = 28; // ENOSPC
    private const int DiskFull = 0x70; // ERROR_DISK_FULL
    private const int ReadOnly = 30; // EROFS

    public static Failure Of(Exception exception, IDatabase database) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(new("request.too_large"), StatusCodes.Status413PayloadTooLarge, Ours: false),
        BadHttpRequestException { InnerException: JsonException json } => new(new("request.json", Place(json)) { Field = Field(json) }, StatusCodes.Status400BadRequest, Ours: false),
        BadHttpRequestException bad => new(new("request.malformed"), bad.StatusCode, Ours: false),
        AntiforgeryValidationException => new(new("antiforgery"), StatusCodes.Status400BadRequest, Ours: false),
        FileTooLargeException large => new(FileLimits.TooLarge(large.Limit), StatusCodes.Status413PayloadTooLarge, Ours: false),
        ConnectionResetException => new(new("request.malformed"), StatusCodes.Status400BadRequest, Ours: false),
        InvalidDataException => new(new("request.malformed"), StatusCodes.Status400BadRequest, Ours: false),
        DbUpdateConcurrencyException => new(new("request.collided"), StatusCodes.Status409Conflict, Ours: false),
        _ when IsFull(exception) || database.IsFull(exception) => new(new("storage.full"), StatusCodes.Status507InsufficientStorage, Ours: true),
        _ when IsUnwritable(exception) => new(new("storage.unwritable"), StatusCodes.Status507InsufficientStorage, Ours: true),
        _ when database.IsTransient(exception) || database.IsUnreachable(exception) => new(new("storage.busy"), StatusCodes.Status503ServiceUnavailable, Ours: true),
        _ => new(new("failed"), StatusCodes.Status500InternalServerError, Ours: true),
    };

    public static bool IsFull(Exception? exception)
        => exception is not null && ((exception is IOException && (exception.HResult & 0xFFFF) is NoSpaceLeft or DiskFull) || IsFull(exception.InnerException));

    /// <summary>The folder of the data belongs to somebody else, or its disk was mounted to be read only.</summary>
    public static bool IsUnwritable(Exception? exception)
        => exception is not null && (exception is UnauthorizedAccessException || (exception is IOException && (exception.HResult & 0xFFFF) is ReadOnly) || IsUnwritable(exception.InnerException));

    private static string? Field(JsonException json) => json.Path is ['$', '.', .. { Length: > 0 } field] ? field : null;

    private static string Place(JsonException json) => Field(json) ?? $"{(json.LineNumber ?? 0) + 1}:{(json.BytePositionInLine ?? 0) + 1}";
}
