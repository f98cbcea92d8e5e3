using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Adds a category to the tree, or changes, moves or archives one.</summary>
[UseCase]
public sealed class SaveCategory(DeskWriter writer, TimeProvider clock)
{
    /// <summary>What to change; null leaves a field as it is.</summary>
    public sealed record Request
    {
        /// <summary>Null adds a new one.</summary>
        public Guid? Id { get; init; }

        public string? Name { get; init; }

        /// <summary><see cref="Guid.Empty"/> moves it to the top.</summary>
        public Guid? ParentId { get; init; }

        public int? Position { get; init; }
        public bool? Archived { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        var name = request.Name?.Trim();
        if (name is { Length: 0 or > 120 } || (request.Id is null && name is null))
        {
            return new Problem("category.name_invalid") { Field = "name" };
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            // The whole tree is small, and moving a branch needs it to see circles.
            var all = await db.Set<Category>().ToListAsync(ct);
            var category = request.Id is { } id
                ? all.Find(c => c.Id == id)
                : db.Add(new Category { Id = Ids.New(clock), Name = name!, Position = all.Count == 0 ? 0 : all.Max(c => c.Position) + 1 }).Entity;
            if (category is null)
            {
                return Problem.NotFound("category");
            }

            if (request.ParentId is { } parent)
            {
                if (parent != Guid.Empty && all.All(c => c.Id != parent))
                {
                    return new Problem("category.not_found") { Field = "parentId" };
                }

                if (IsBelow(all, parent, category.Id))
                {
                    return new Problem("category.circle") { Field = "parentId" };
                }

                category.ParentId = parent == Guid.Empty ? null : parent;
            }

            category.Name = name ?? category.Name;
            category.Position = request.Position ?? category.Position;
            category.Archived = request.Archived ?? category.Archived;
            return category.Id;
        }, ct);
    }

    private static bool IsBelow(List<Category> all, Guid? node, Guid root)
    {
        for (var steps = 0; node is { } id && steps <= all.Count; steps++)
        {
            if (id == root)
            {
                return true;
            }

            node = all.Find(c => c.Id == id)?.ParentId;
        }

        return false;
    }
}
