using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Api;

/// <summary>
/// Lets a POST with an <c>Idempotency-Key</c> act once: the first answer is kept for a day and given again. A call that ended with a
/// fault of ours is forgotten, so that it can be tried again; one that was cut off in the middle stays unanswered, because nobody knows
/// whether it acted.
/// </summary>
internal sealed class Idempotency(DeskWriter writer, IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    public const string Replayed = "Idempotency-Replayed";
    private const int LongestKey = 200;
    private const int BufferInMemory = 256 * 1024;
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    public async Task RunAsync(HttpContext context, string key, RequestDelegate next)
    {
        if (key.Length > LongestKey)
        {
            await RefuseAsync(context, "idempotency.key_invalid");
            return;
        }

        var ct = context.RequestAborted;
        var caller = context.User.ToActor();
        var call = new IdempotentCall
        {
            Id = Ids.New(clock),
            Key = $"{caller.Id:N}:{key}",
            Fingerprint = await FingerprintAsync(context.Request, ct),
            CreatedAt = clock.GetUtcNow(),
        };
        if (await ClaimAsync(call, ct))
        {
            await FirstAsync(context, call, next);
            return;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var known = await db.Set<IdempotentCall>().AsNoTracking().SingleOrDefaultAsync(c => c.Key == call.Key, ct);
        await AgainAsync(context, call, known, ct);
    }

    private async Task AgainAsync(HttpContext context, IdempotentCall call, IdempotentCall? known, CancellationToken ct)
    {
        if (known is not null && known.Fingerprint != call.Fingerprint)
        {
            await RefuseAsync(context, "idempotency.mismatch");
        }
        else if (known is null || known.Status == 0)
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, known is null || clock.GetUtcNow() - known.CreatedAt < LongestCall ? "idempotency.running" : "idempotency.unfinished");
        }
        else
        {
            context.Response.StatusCode = known.Status;
            context.Response.Headers[Replayed] = "true";
            (context.Response.Headers.Location, context.Response.Headers.ETag) = (known.Location, known.ETag);
            if (known.Body is { Length: > 0 } body)
            {
                context.Response.ContentType = known.ContentType;
                await context.Response.WriteAsync(body, ct);
            }
        }
    }

    private async Task FirstAsync(HttpContext context, IdempotentCall call, RequestDelegate next)
    {
        var real = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        catch
        {
            context.Response.Body = real;
            await ForgetAsync(call);
            throw;
        }

        context.Response.Body = real;
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            await ForgetAsync(call);
        }
        else
        {
            await KeepAsync(call, context.Response, Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length));
        }

        answer.Position = 0;
        await answer.CopyToAsync(real, context.RequestAborted);
    }

    private async Task<bool> ClaimAsync(IdempotentCall call, CancellationToken ct)
    {
        try
        {
            await writer.RunAsync<Done>(db =>
            {
                db.Add(call);
                return Task.FromResult<Result<Done>>(Done.It);
            }, ct);
            return true;
        }
        catch (DbUpdateException e) when (database.IsDuplicate(e))
        {
            return false;
        }
    }

    // What has happened must be written down even when the caller has gone away meanwhile.
    private Task KeepAsync(IdempotentCall call, HttpResponse response, string body)
    {
        var (status, type) = (response.StatusCode, response.ContentType);
        string? location = response.Headers.Location, tag = response.Headers.ETag;
        return writer.RunAsync<Done>(async db =>
        {
            await db.Set<IdempotentCall>().Where(c => c.Id == call.Id).ExecuteUpdateAsync(
                s => s.SetProperty(c => c.Status, status).SetProperty(c => c.Body, body).SetProperty(c => c.ContentType, type)
                    .SetProperty(c => c.Location, location).SetProperty(c => c.ETag, tag), CancellationToken.None);
            return Done.It;
        }, CancellationToken.None);
    }

    private Task ForgetAsync(IdempotentCall call)
        => writer.RunAsync<Done>(async db =>
        {
            await db.Set<IdempotentCall>().Where(c => c.Id == call.Id).ExecuteDeleteAsync(CancellationToken.None);
            return Done.It;
        }, CancellationToken.None);

    private static async Task<string> FingerprintAsync(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering(BufferInMemory);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (!await AppendPartsAsync(hash, request, ct))
        {
            await AppendAsync(hash, request.Body, ct);
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The parts of an upload, because a client that tries again chooses another boundary between them.</summary>
    private static async Task<bool> AppendPartsAsync(IncrementalHash hash, HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            return false;
        }

        try
        {
            var parts = new MultipartReader(boundary.ToString(), request.Body);
            while (await parts.ReadNextSectionAsync(ct) is { } part)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{part.ContentDisposition}\n{part.ContentType}\n"));
                await AppendAsync(hash, part.Body, ct);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException && e is not BadHttpRequestException)
        {
            // Not what it says it is: whoever reads the form tells so.
            request.Body.Position = 0;
            return false;
        }
    }

    private static async Task AppendAsync(IncrementalHash hash, Stream content, CancellationToken ct)
    {
        var buffer = new byte[8192];
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
        }
    }

    private static Task RefuseAsync(HttpContext context, string code)
        => new ProblemAnswer(new Problem(code)).ExecuteAsync(context);
}
