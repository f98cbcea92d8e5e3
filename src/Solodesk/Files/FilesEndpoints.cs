using System.Collections.Frozen;
using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Files;

/// <summary>Files in and out: uploads of the composer and of programs, downloads from addresses that cannot be guessed.</summary>
internal sealed class FilesEndpoints : IEndpoints
{
    // Everything else could carry a script, or hand itself to a plug-in.
    private static readonly FrozenSet<string> ShownInPlace = FrozenSet.ToFrozenSet(["image/png", "image/jpeg", "image/gif", "image/webp"], StringComparer.OrdinalIgnoreCase);

    // Types that a browser would run if it ever forgot the disposition.
    private static readonly FrozenSet<string> Neutral = FrozenSet.ToFrozenSet(
        ["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript", "application/javascript"], StringComparer.OrdinalIgnoreCase);

    public void Map(IEndpointRouteBuilder routes)
    {
        // The token is the key: a customer opens their file without an account.
        routes.MapGet("/files/{token:length(20,40)}/{*name}", DownloadAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/files", UploadAsync).ExcludeFromDescription();
        routes.MapApi("files", "Files").MapPost("", UploadAsync)
            .Gives<FileResource>(Scopes.TicketsWrite, "Uploads one file (multipart/form-data, part \"file\") to be sent with a message within a day", StatusCodes.Status201Created);
    }

    private static async Task<IResult> UploadAsync(IFormFile file, KeepUpload keep, HttpContext context, CancellationToken ct)
        => (await keep.RunAsync(context.User.ToActor(), file, ct)).ToAnswer(a =>
        {
            var resource = new FileResource(a.Id, a.Token, a.Name, a.MediaType, a.Size);
            return TypedResults.Created(resource.Path, resource);
        });

    private static async Task<IResult> DownloadAsync(string token, HttpContext context, IDbContextFactory<DeskDb> dbs, IFileStore files, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var file = await db.Set<Attachment>().AsNoTracking().Where(a => a.Token == token).Select(a => new { a.Name, a.MediaType, a.Sha256 }).SingleOrDefaultAsync(ct);
        if (file is null || await files.OpenAsync(file.Sha256, ct) is not { } content)
        {
            return TypedResults.NotFound();
        }

        var type = MediaTypeHeaderValue.TryParse(file.MediaType, out var parsed) ? parsed.MediaType.ToString() : MediaTypeNames.Application.Octet;
        var disposition = new ContentDispositionHeaderValue(ShownInPlace.Contains(type) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers["X-Robots-Tag"] = "noindex";
        return TypedResults.Stream(content, Neutral.Contains(type) ? MediaTypeNames.Application.Octet : type,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
