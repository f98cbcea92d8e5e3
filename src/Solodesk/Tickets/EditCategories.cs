using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Adds, renames, moves and archives the categories of tickets. Used ones are never deleted: tickets keep what they were about.</summary>
[UseCase]
public sealed class EditCategories(DeskWriter writer, TimeProvider clock)
{
    private const int Depth = 3;

    public enum Step { Up, Down }

    public async Task<Result<Guid>> AddAsync(Actor actor, string name, Guid? parent, CancellationToken ct)
    {
        if (Check(actor, name) is { } problem)
        {
            return problem;
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            if (parent is { } above && await LevelAsync(db, above, ct) is var level && (level == 0 || level >= Depth))
            {
                return level == 0 ? Problem.NotFound("category") : new Problem("category.too_deep", Depth) { Field = "parent" };
            }

            if (await TakenAsync(db, name, parent, null, ct))
            {
                return new Problem("category.taken") { Field = "name" };
            }

            var last = await db.Set<Category>().Where(c => c.ParentId == parent).MaxAsync(c => (int?)c.Position, ct) ?? -1;
            var category = new Category { Id = Ids.New(clock), Name = name.Trim(), ParentId = parent, Position = last + 1 };
            db.Add(category);
            return category.Id;
        }, ct);
    }

    public Task<Result<Guid>> RenameAsync(Actor actor, Guid id, string name, CancellationToken ct)
        => Check(actor, name) is { } problem
            ? Task.FromResult<Result<Guid>>(problem)
            : ChangeAsync(id, async (db, category) =>
            {
                if (await TakenAsync(db, name, category.ParentId, id, ct))
                {
                    return new Problem("category.taken") { Field = "name" };
                }

                category.Name = name.Trim();
                return null;
            }, ct);

    /// <summary>Takes it, and what is below it, out of the choice; tickets that have it keep it.</summary>
    public Task<Result<Guid>> ArchiveAsync(Actor actor, Guid id, bool archived, CancellationToken ct)
        => !actor.CanAdminister
            ? Task.FromResult<Result<Guid>>(Problem.Forbidden)
            : ChangeAsync(id, async (db, category) =>
            {
                category.Archived = archived;
                var all = await db.Set<Category>().ToListAsync(ct);
                foreach (var below in Below(all, id))
                {
                    below.Archived = archived;
                }

                return null;
            }, ct);

    /// <summary>Changes places with its neighbour under the same parent.</summary>
    public Task<Result<Guid>> MoveAsync(Actor actor, Guid id, Step step, CancellationToken ct)
        => !actor.CanAdminister
            ? Task.FromResult<Result<Guid>>(Problem.Forbidden)
            : ChangeAsync(id, async (db, category) =>
            {
                var row = await db.Set<Category>().Where(c => c.ParentId == category.ParentId).OrderBy(c => c.Position).ThenBy(c => c.Name).ToListAsync(ct);
                var at = row.FindIndex(c => c.Id == id);
                var to = step == Step.Up ? at - 1 : at + 1;
                if (to >= 0 && to < row.Count)
                {
                    (row[at], row[to]) = (row[to], row[at]);
                }

                for (var i = 0; i < row.Count; i++)
                {
                    row[i].Position = i;
                }

                return null;
            }, ct);

    private async Task<Result<Guid>> ChangeAsync(Guid id, Func<DeskDb, Category, Task<Problem?>> change, CancellationToken ct)
        => await writer.RunAsync<Guid>(async db =>
        {
            if (await db.Set<Category>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } category)
            {
                return Problem.NotFound("category");
            }

            return await change(db, category) is { } problem ? problem : id;
        }, ct);

    private static Problem? Check(Actor actor, string name)
        => !actor.CanAdminister ? Problem.Forbidden
            : name.Trim().Length is 0 or > 120 ? new Problem("category.name") { Field = "name" }
            : null;

    private static Task<bool> TakenAsync(DeskDb db, string name, Guid? parent, Guid? except, CancellationToken ct)
    {
        var trimmed = name.Trim();
        return db.Set<Category>().AnyAsync(c => c.ParentId == parent && c.Name == trimmed && c.Id != except, ct);
    }

    // 1 for a root, 0 for what is not there.
    private static async Task<int> LevelAsync(DeskDb db, Guid id, CancellationToken ct)
    {
        var parents = await db.Set<Category>().ToDictionaryAsync(c => c.Id, c => c.ParentId, ct);
        var level = 0;
        for (Guid? at = id; at is { } here && parents.TryGetValue(here, out var above) && level <= Depth; at = above)
        {
            level++;
        }

        return level;
    }

    private static IEnumerable<Category> Below(List<Category> all, Guid id)
        => all.Where(c => c.ParentId == id).SelectMany(c => Below(all, c.Id).Prepend(c));
}
