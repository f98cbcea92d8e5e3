using System.Linq.Expressions;
using Solodesk.Common;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>Makes a view ready to be asked by an agent: finds it by its key, and translates its condition for them and for now.</summary>
[UseCase]
internal sealed class OpenView(ReadViews views, ReadTicketFields fields)
{
    /// <param name="Key">The view's key.</param>
    public sealed record Request(string Key)
    {
        /// <summary>Sorts by another column than the view's own.</summary>
        public string? Sort { get; init; }

        public bool? Descending { get; init; }

        /// <summary>Without the view's groups.</summary>
        public bool Flat { get; init; }
    }

    public async Task<Result<ViewQuery>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanRead)
        {
            return Problem.Forbidden;
        }

        var view = await views.OneAsync(actor, request.Key, ct);
        return view is null ? Problem.NotFound("view") : await AskAsync(actor, view, request, ct);
    }

    /// <summary>The same for a view that is not stored, or not yet.</summary>
    public async Task<Result<ViewQuery>> AskAsync(Actor actor, View view, Request request, CancellationToken ct)
    {
        var condition = view.ReadCondition();
        var group = request.Flat ? null : view.Group;
        var catalogue = group is null ? await fields.ForAsync([condition], ct) : await fields.NamedAsync(ct);
        var queues = QueueBounds.Of(condition);
        Expression<Func<TicketScope, bool>>? filter = null;
        if (!QueueBounds.IsWhole(condition))
        {
            var translated = condition.ToExpression(catalogue, await fields.ContextAsync(actor, ct));
            if (!translated.TryGet(out filter))
            {
                return new Problem("view.broken", translated.Problems[0].ToSentence(System.Globalization.CultureInfo.CurrentUICulture));
            }
        }

        var sort = ViewSort.Find(request.Sort) ?? ViewSort.Find(view.Sort) ?? ViewSort.Usual;
        var descending = request.Descending ?? (request.Sort is null || request.Sort == view.Sort ? view.Descending : sort.DescendingFirst);
        return new ViewQuery(view, queues, filter, sort, descending, ViewGroup.By(group, catalogue));
    }
}
