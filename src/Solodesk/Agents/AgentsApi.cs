using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Api;
using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>
/// The people, the tokens and the audit log for programs. Who may do these could give themselves everything, so a token needs everything for
/// them.
/// </summary>
internal sealed class AgentsApi : IEndpoints
{
    /// <param name="Name">As customers see it.</param>
    /// <param name="Email">What they sign in with.</param>
    /// <param name="Role">What they may do.</param>
    /// <param name="Language">The language of their desk.</param>
    public sealed record InviteBody(string Name, string Email, Role Role, string Language = "zh-Hans");

    public sealed record ChangeBody(Role? Role = null, bool? Active = null);

    public sealed record TokenBody(string Name, IReadOnlyList<string> Scopes);

    /// <param name="Id">Who was invited.</param>
    /// <param name="Path">Where they choose their way in; works once.</param>
    public sealed record Invitation(Guid Id, string Path);

    public sealed record AuditLine(long Id, DateTimeOffset At, Guid? AgentId, string Who, string Action, string Detail, string Address);

    public void Map(IEndpointRouteBuilder routes)
    {
        var agents = routes.MapApi("agents", "Settings");
        agents.MapPost("", InviteAsync).Gives<Invitation>(Scopes.Everything, "Invites a person: they choose their way in behind a link that works once", StatusCodes.Status201Created);
        agents.MapPatch("/{id:guid}", ChangeAsync).Gives<AgentResource>(Scopes.Everything, "Changes a person's role, or switches their account off and on");
        agents.MapPost("/{id:guid}/link", LinkAsync).Gives<Invitation>(Scopes.Everything, "A new link for somebody who cannot get in; their old ways in stop working");
        var tokens = routes.MapApi("tokens", "Settings");
        tokens.MapGet("", TokensAsync).Gives<Page<ListTokens.Row>>(Scopes.Everything, "Lists the API tokens, newest first; never their secrets");
        tokens.MapPost("", CreateAsync).Gives<CreateToken.Created>(Scopes.Everything, "Makes an API token and gives its secret this once", StatusCodes.Status201Created);
        tokens.MapDelete("/{id:guid}", RevokeAsync).GivesNothing(Scopes.Everything, "Ends an API token at once; its line stays for the record");
        routes.MapApi("audit", "Settings").MapGet("", AuditAsync).Gives<Page<AuditLine>>(Scopes.Everything, "Lists sign-ins and changes of security, newest first");
    }

    private static async Task<IResult> InviteAsync(InviteBody body, HttpContext context, InviteAgent invite, CancellationToken ct)
        => (await invite.RunAsync(context.User.ToActor(), new(body.Name, body.Email, body.Role, body.Language), context, ct))
            .ToAnswer(i => TypedResults.Created($"{ApiRoutes.Root}/agents", new Invitation(i.Agent.Id, i.Path)));

    private static async Task<IResult> LinkAsync(Guid id, HttpContext context, InviteAgent invite, Sessions sessions, CancellationToken ct)
    {
        var again = await invite.AgainAsync(context.User.ToActor(), id, context, ct);
        if (again.Ok)
        {
            await sessions.EndOthersAsync(id, null, ct);
        }

        return again.ToAnswer(i => TypedResults.Ok(new Invitation(i.Agent.Id, i.Path)));
    }

    private static async Task<IResult> ChangeAsync(Guid id, ChangeBody body, HttpContext context, ChangeAgent change, CancellationToken ct)
        => (await change.RunAsync(context.User.ToActor(), new(id) { Role = body.Role, Active = body.Active }, context, ct))
            .ToAnswer(a => TypedResults.Ok(new AgentResource(a.Id, a.Name, a.Email, a.Role, a.Language, a.Active)));

    private static async Task<IResult> TokensAsync(HttpContext context, ListTokens list, CancellationToken ct)
        => (await list.RunAsync(context.User.ToActor(), ct)).ToAnswer(rows => TypedResults.Ok(new Page<ListTokens.Row>(rows, null)));

    private static async Task<IResult> CreateAsync(TokenBody body, HttpContext context, CreateToken create, CancellationToken ct)
        => (await create.RunAsync(context.User.ToActor(), new(body.Name, body.Scopes), ct)).ToAnswer(c => TypedResults.Created($"{ApiRoutes.Root}/tokens", c));

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, RevokeToken revoke, CancellationToken ct)
        => (await revoke.RunAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> AuditAsync(long? cursor, HttpContext context, AuditLog audit, CancellationToken ct)
    {
        var page = await audit.ReadAsync(context.User.ToActor(), cursor, ct);
        return TypedResults.Ok(new Page<AuditLine>([.. page.Items.Select(e => new AuditLine(e.Id, e.At, e.AgentId, e.Who, e.Action, e.Detail, e.Address))], page.Next));
    }
}
