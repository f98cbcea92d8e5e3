using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary><c>/api/v1/signatures</c>: what stands below answers.</summary>
internal sealed class SignaturesApi : IEndpoints
{
    private const int Most = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("signatures", "Settings");
        api.MapGet("", ListAsync).Gives<Page<SignatureResource>>(Scopes.TicketsRead, "Lists the signatures that stand below answers");
        api.MapPost("", CreateAsync).Gives<SignatureResource>(Scopes.TicketsWrite, "Makes a signature for an agent, a mailbox, a language, or any of them", StatusCodes.Status201Created);
        api.MapGet("{id:guid}", ReadAsync).Gives<SignatureResource>(Scopes.TicketsRead, "Reads a signature");
        api.MapPatch("{id:guid}", PatchAsync).Gives<SignatureResource>(Scopes.TicketsWrite, "Changes a signature; absent members stay, null fits any");
        api.MapDelete("{id:guid}", DeleteAsync).GivesNothing(Scopes.TicketsWrite, "Removes a signature");
    }

    private static async Task<IResult> ListAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var all = await db.Set<Signature>().AsNoTracking().OrderByDescending(s => s.UpdatedAt).ThenBy(s => s.Id).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new Page<SignatureResource>([.. all.Select(SignatureResource.Of)], null));
    }

    private static async Task<IResult> ReadAsync(Guid id, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
        => await FindAsync(dbs, id, ct) is { } signature ? TypedResults.Ok(SignatureResource.Of(signature)) : Problem.NotFound("signature").ToAnswer();

    private static async Task<IResult> CreateAsync(SignatureBody body, EditSignatures edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        var made = await edit.SaveAsync(context.User.ToActor(), null, new(body.Body ?? "", body.AgentId, body.MailboxId, body.Language), ct);
        return made.Ok ? TypedResults.Created($"{ApiRoutes.Root}/signatures/{made.Value}", SignatureResource.Of((await FindAsync(dbs, made.Value, ct))!)) : made.Problem.ToAnswer();
    }

    private static async Task<IResult> PatchAsync(Guid id, SignatureChanges body, EditSignatures edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        if (await FindAsync(dbs, id, ct) is not { } before)
        {
            return Problem.NotFound("signature").ToAnswer();
        }

        var saved = await edit.SaveAsync(context.User.ToActor(), id, new(body.Body ?? before.Body, body.AgentId.Given ? body.AgentId.Value : before.AgentId,
            body.MailboxId.Given ? body.MailboxId.Value : before.MailboxId, body.Language.Given ? body.Language.Value : before.Language), ct);
        return saved.Ok ? await ReadAsync(id, dbs, ct) : saved.Problem.ToAnswer();
    }

    private static async Task<IResult> DeleteAsync(Guid id, EditSignatures edit, HttpContext context, CancellationToken ct)
        => (await edit.RemoveAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<Signature?> FindAsync(IDbContextFactory<DeskDb> dbs, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Signature>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
    }
}

/// <summary>A signature to make.</summary>
public sealed record SignatureBody
{
    /// <summary>Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>The agent it is for; absent fits every agent.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>The mailbox it is for; absent fits every mailbox.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>zh-Hans or en; absent fits every language.</summary>
    public string? Language { get; init; }
}

/// <summary>Changes of a signature.</summary>
public sealed record SignatureChanges
{
    public string? Body { get; init; }
    public Change<Guid?> AgentId { get; init; }
    public Change<Guid?> MailboxId { get; init; }
    public Change<string?> Language { get; init; }
}

/// <summary>A signature as the API gives it.</summary>
public sealed record SignatureResource(Guid Id, string Body, Guid? AgentId, Guid? MailboxId, string? Language, DateTimeOffset UpdatedAt)
{
    internal static SignatureResource Of(Signature s) => new(s.Id, s.Body, s.AgentId, s.MailboxId, s.Language, s.UpdatedAt);
}
