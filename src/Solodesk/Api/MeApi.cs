using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Api;

/// <summary><c>/api/v1/me</c> and <c>/api/v1/token</c>: who is calling, and with what.</summary>
internal sealed class MeApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("me", "Me").MapGet("", Me).WithSummary("Says who is calling and what they may do").Produces<MeResource>();
        routes.MapApi("token", "Me").MapGet("", TokenAsync).WithSummary("Describes the token of this call").Produces<TokenResource>();
    }

    private static MeResource Me(HttpContext context)
    {
        var actor = context.User.ToActor();
        return new MeResource(actor.Kind, actor.Id, actor.Name, actor.Role, [.. Scopes.All.Where(context.User.May)]);
    }

    private static async Task<IResult> TokenAsync(HttpContext context, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (!context.User.IsToken())
        {
            return Problem.NotFound("token").ToAnswer();
        }

        var id = context.User.ToActor().Id;
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(await db.Set<ApiToken>().AsNoTracking().Where(t => t.Id == id)
            .Select(t => new TokenResource(t.Id, t.Name, t.Prefix, t.Scopes, t.CreatedAt, t.UsedAt)).SingleAsync(ct));
    }
}

/// <summary>Who is calling.</summary>
/// <param name="Kind">agent or token.</param>
/// <param name="Id">The agent's or the token's id.</param>
/// <param name="Name">The name that the history shows.</param>
/// <param name="Role">What use cases let them do.</param>
/// <param name="Scopes">Every scope that this caller covers.</param>
public sealed record MeResource(ActorKind Kind, Guid? Id, string Name, Role Role, IReadOnlyList<string> Scopes);

/// <summary>A token, without its secret.</summary>
public sealed record TokenResource(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);
