using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Views;

/// <summary>One page of a view for people, with the headings of its groups.</summary>
[UseCase]
internal sealed class ListView(IDbContextFactory<DeskDb> dbs, OpenView open)
{
    public const int PageSize = 50;

    public async Task<Result<ShownView>> RunAsync(Actor actor, OpenView.Request request, string? after, bool wide, CancellationToken ct)
    {
        var opened = await open.RunAsync(actor, request, ct);
        if (!opened.Ok)
        {
            return opened.Problem;
        }

        var view = opened.Value;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var page = await view.PageAsync(db, wide ? ViewRow.Wide(db) : ViewRow.Narrow, after, PageSize, ct);
        return new ShownView(view.View, view.Sort.Key, view.Descending, Lines(view, page.Items, ViewCursor.Read(after)?.Group), page.Next);
    }

    // A page that goes on in a group does not name it again.
    private static List<ViewLine> Lines(ViewQuery view, IReadOnlyList<Keyed<ViewRow>> rows, long? before)
    {
        var lines = new List<ViewLine>(rows.Count);
        foreach (var row in rows)
        {
            var heading = view.Group.Rank is null || row.Group == before ? null
                : row.Group < view.Group.Values.Count ? view.Group.Values[(int)row.Group].Label.In(System.Globalization.CultureInfo.CurrentUICulture)
                : "";
            before = row.Group;
            lines.Add(new ViewLine(row.Row, heading));
        }

        return lines;
    }
}
