using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>Adds, changes or takes away an organization.</summary>
[UseCase]
public sealed class SaveOrganization(DeskWriter writer, TimeProvider clock)
{
    /// <summary>What to change; null leaves a field as it is, and so does a key of the attributes that is not among them; an empty attribute is taken away.</summary>
    public sealed record Request
    {
        /// <summary>Null adds a new one.</summary>
        public Guid? Id { get; init; }

        public string? Name { get; init; }

        /// <summary>Customers who write from this mail domain belong here; empty takes it away.</summary>
        public string? Domain { get; init; }

        public string? Note { get; init; }
        public IReadOnlyDictionary<string, string>? Attributes { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        var name = request.Name?.Trim();
        if (name is { Length: 0 or > 200 } || (request.Id is null && name is null))
        {
            return new Problem("organization.name_invalid") { Field = "name" };
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var organization = request.Id is { } id
                ? await db.Set<Organization>().SingleOrDefaultAsync(o => o.Id == id, ct)
                : db.Add(new Organization { Id = Ids.New(clock), Name = name!, Normal = name!.ToLowerInvariant(), CreatedAt = clock.GetUtcNow() }).Entity;
            if (organization is null)
            {
                return Problem.NotFound("organization");
            }

            if (name is not null)
            {
                var normal = name.ToLowerInvariant();
                if (await db.Set<Organization>().AnyAsync(o => o.Normal == normal && o.Id != organization.Id, ct))
                {
                    return new Problem("organization.exists", name) { Field = "name" };
                }

                (organization.Name, organization.Normal) = (name, normal);
            }

            if (await FieldRules.CheckAsync(db, CustomFieldTarget.Organization, request.Attributes, organization.Attributes, ct) is { } misfit)
            {
                return misfit;
            }

            organization.Domain = request.Domain is null ? organization.Domain : request.Domain.Trim().TrimStart('@').ToLowerInvariant() is { Length: > 0 } domain ? domain : null;
            organization.Note = request.Note ?? organization.Note;
            organization.Attributes = FieldRules.Merged(organization.Attributes, request.Attributes);
            return organization.Id;
        }, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var organization = await db.Set<Organization>().SingleOrDefaultAsync(o => o.Id == id, ct);
            if (organization is null)
            {
                return Problem.NotFound("organization");
            }

            if (await db.Set<Customer>().AnyAsync(c => c.OrganizationId == id, ct))
            {
                return new Problem("organization.in_use");
            }

            db.Remove(organization);
            return Done.It;
        }, ct);
    }
}
