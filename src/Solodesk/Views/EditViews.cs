using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Conditions;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>Adds, changes, orders and takes away views. Everybody may keep views of their own; those that all see are the owner's to change.</summary>
[UseCase]
internal sealed class EditViews(DeskWriter writer, ReadTicketFields fields, TimeProvider clock)
{
    private const int MostViews = 200;

    /// <summary>A view as it shall be.</summary>
    public sealed record Request
    {
        /// <summary>The view to change; null adds one.</summary>
        public string? Key { get; init; }

        public string Name { get; init; } = "";
        public Condition Condition { get; init; } = Engine.Conditions.Condition.Everything;

        /// <summary>Everybody sees it.</summary>
        public bool Shared { get; init; }

        public string Sort { get; init; } = ViewSort.LastMessage;
        public bool Descending { get; init; } = true;
        public string? Group { get; init; }
        public IReadOnlyList<string> Columns { get; init; } = [];
        public bool Hidden { get; init; }

        /// <summary>The version that was read; refused when somebody has changed it since.</summary>
        public long? Version { get; init; }
    }

    public async Task<Result<string>> SaveAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (await CheckAsync(actor, request, ct) is { } problem)
        {
            return problem;
        }

        return await writer.RunAsync<string>(async db =>
        {
            var view = request.Key is null ? null : await FindAsync(db, actor, request.Key, ct);
            if (request.Key is not null && view is null)
            {
                return Problem.NotFound("view");
            }

            if ((request.Shared || view is { OwnerId: null }) && !actor.CanAdminister)
            {
                return new Problem("view.shared") { Field = "shared" };
            }

            if (view is null)
            {
                if (await db.Set<View>().CountAsync(ct) >= MostViews)
                {
                    return new Problem("view.too_many", MostViews);
                }

                var id = Ids.New(clock);
                view = db.Add(new View { Id = id, Key = $"v{id.ToString("N")[^10..]}", Condition = "", Position = (await db.Set<View>().MaxAsync(v => (int?)v.Position, ct) ?? 0) + 1 }).Entity;
            }
            else if (request.Version is { } seen && seen != view.Version)
            {
                return new Problem("view.changed");
            }

            Write(view, actor, request);
            return view.Key;
        }, ct);
    }

    public Task<Result<Done>> RemoveAsync(Actor actor, string key, CancellationToken ct) => ChangeAsync(actor, key, (db, view) =>
    {
        if (view.IsBuiltIn)
        {
            return new Problem("view.built_in");
        }

        db.Remove(view);
        return Done.It;
    }, ct);

    public Task<Result<Done>> HideAsync(Actor actor, string key, bool hidden, CancellationToken ct) => ChangeAsync(actor, key, (_, view) =>
    {
        if (view.Key == DefaultViews.Mine)
        {
            return new Problem("view.built_in");
        }

        view.Hidden = hidden;
        view.Version++;
        return Done.It;
    }, ct);

    /// <summary>One place up or down among the views that the agent sees.</summary>
    public async Task<Result<Done>> MoveAsync(Actor actor, string key, int step, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var views = await db.Set<View>().Where(v => v.OwnerId == null || v.OwnerId == actor.Id).OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync(ct);
            var at = views.FindIndex(v => v.Key == key);
            if (at < 0)
            {
                return Problem.NotFound("view");
            }

            var to = Math.Clamp(at + step, 0, views.Count - 1);
            (views[at], views[to]) = (views[to], views[at]);
            for (var i = 0; i < views.Count; i++)
            {
                views[i].Position = i + 1;
            }

            return Done.It;
        }, ct);
    }

    private async Task<Problem?> CheckAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (request.Name.Trim().Length > 120 || (request.Key is null && string.IsNullOrWhiteSpace(request.Name)))
        {
            return new Problem("view.name") { Field = "name" };
        }

        var catalogue = await fields.ForAsync([request.Condition], ct);
        if (request.Condition.Check(catalogue, await fields.ContextAsync(actor, ct)) is [var wrong, ..])
        {
            return new Problem("view.condition", wrong.ToSentence(System.Globalization.CultureInfo.CurrentUICulture)) { Field = "condition" };
        }

        return ViewSort.Find(request.Sort) is null ? new Problem("view.sort", request.Sort) { Field = "sort" }
            : request.Group is { } group && !ViewGroup.Fields.Contains(group) ? new Problem("view.group", group) { Field = "group" }
            : null;
    }

    private static void Write(View view, Actor actor, Request request)
    {
        // The desk's own views keep their names, which follow the reader's language, until they are given one.
        view.Name = request.Name.Trim().Length == 0 && !view.IsBuiltIn ? view.Name : request.Name.Trim();
        view.Condition = request.Condition.ToJson();
        view.OwnerId = request.Shared ? null : actor.Id;
        view.Sort = request.Sort;
        view.Descending = request.Descending;
        view.Group = request.Group;
        view.Columns = [.. request.Columns.Distinct(StringComparer.Ordinal).Take(ViewColumns.Most)];
        view.Hidden = request.Hidden && view.Key != DefaultViews.Mine;
        view.Version++;
    }

    private async Task<Result<Done>> ChangeAsync(Actor actor, string key, Func<DeskDb, View, Result<Done>> change, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var view = await FindAsync(db, actor, key, ct);
            return view is null ? Problem.NotFound("view")
                : view.OwnerId is null && !actor.CanAdminister ? new Problem("view.shared")
                : change(db, view);
        }, ct);

    private static Task<View?> FindAsync(DeskDb db, Actor actor, string key, CancellationToken ct)
        => db.Set<View>().SingleOrDefaultAsync(v => v.Key == key && (v.OwnerId == null || v.OwnerId == actor.Id), ct);
}
