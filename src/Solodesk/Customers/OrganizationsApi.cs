using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary><c>/api/v1/organizations</c>: what customers belong to.</summary>
internal sealed class OrganizationsApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("organizations", "Organizations");
        api.MapGet("", ListAsync).Gives<Page<OrganizationResource>>(Scopes.CustomersRead, "Lists organizations by name, or those with the words `q` in their name or mail domain");
        api.MapPost("", AddAsync).Gives<OrganizationResource>(Scopes.CustomersWrite, "Adds an organization", StatusCodes.Status201Created);
        api.MapGet("{id:guid}", ReadAsync).Gives<OrganizationResource>(Scopes.CustomersRead, "Reads an organization");
        api.MapPatch("{id:guid}", ChangeAsync).Gives<OrganizationResource>(Scopes.CustomersWrite, "Changes an organization; absent members stay");
        api.MapDelete("{id:guid}", DeleteAsync).GivesNothing(Scopes.CustomersWrite, "Takes an organization away that nobody belongs to");
    }

    private static async Task<IResult> ListAsync(string? q, int? limit, string? cursor, ListOrganizations list, CancellationToken ct)
        => (await list.RunAsync(new(q, cursor, limit), ct))
            .ToAnswer(page => TypedResults.Ok(new Page<OrganizationResource>([.. page.Items.Select(r => OrganizationResource.Of(r.Organization))], page.Next)));

    private static Task<IResult> AddAsync(OrganizationBody body, SaveOrganization save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => SaveAsync(body.ToRequest(null), o => TypedResults.Created($"{ApiRoutes.Root}/organizations/{o.Id}", o), save, dbs, context, ct);

    private static Task<IResult> ChangeAsync(Guid id, OrganizationBody body, SaveOrganization save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => SaveAsync(body.ToRequest(id), TypedResults.Ok, save, dbs, context, ct);

    private static Task<IResult> ReadAsync(Guid id, IDbContextFactory<DeskDb> dbs, CancellationToken ct) => GiveAsync(id, dbs, TypedResults.Ok, ct);

    private static async Task<IResult> DeleteAsync(Guid id, SaveOrganization save, HttpContext context, CancellationToken ct)
        => (await save.DeleteAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> SaveAsync(SaveOrganization.Request request, Func<OrganizationResource, IResult> answer, SaveOrganization save, IDbContextFactory<DeskDb> dbs,
        HttpContext context, CancellationToken ct)
    {
        var saved = await save.RunAsync(context.User.ToActor(), request, ct);
        return saved.Ok ? await GiveAsync(saved.Value, dbs, answer, ct) : saved.Problem.ToAnswer();
    }

    private static async Task<IResult> GiveAsync(Guid id, IDbContextFactory<DeskDb> dbs, Func<OrganizationResource, IResult> answer, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } organization
            ? answer(OrganizationResource.Of(organization))
            : Problem.NotFound("organization").ToAnswer();
    }
}

/// <summary>An organization as the API gives it.</summary>
public sealed record OrganizationResource(Guid Id, string Name, string? Domain, string Note, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset CreatedAt)
{
    internal static OrganizationResource Of(Organization o) => new(o.Id, o.Name, o.Domain, o.Note, o.Attributes, o.CreatedAt);
}

/// <summary>An organization to add, or changes of one: absent members stay.</summary>
/// <param name="Name">Unique without regard to case.</param>
/// <param name="Domain">Customers who write from this mail domain belong here; null takes it away.</param>
/// <param name="Note">For the desk only.</param>
/// <param name="Attributes">Those that change; an empty one is taken away.</param>
public sealed record OrganizationBody(string? Name, Change<string> Domain, string? Note, IReadOnlyDictionary<string, string>? Attributes)
{
    internal SaveOrganization.Request ToRequest(Guid? id)
        => new() { Id = id, Name = Name, Domain = Domain.Given ? Domain.Value ?? "" : null, Note = Note, Attributes = Attributes };
}
