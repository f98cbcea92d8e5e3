using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>How lists are cut: <c>?limit=</c> rows (50, at most 200), <c>?cursor=</c> the <c>next</c> of the page before.</summary>
internal static class Paging
{
    public const int Usual = 50;
    public const int Most = 200;

    public static int Limit(int? asked) => Math.Clamp(asked ?? Usual, 1, Most);

    /// <summary>Reads the cursor of a list; a broken one is refused instead of starting over in silence.</summary>
    public static bool TryRead(string? text, string order, out Cursor? cursor)
    {
        cursor = string.IsNullOrEmpty(text) ? null : Cursor.Read(text, order);
        return cursor is not null || string.IsNullOrEmpty(text);
    }

    public static Problem Broken { get; } = new("cursor.invalid") { Field = "cursor" };

    /// <summary>Cuts the row that was read too many, which says that there is a next page.</summary>
    public static Page<T> Cut<T>(List<T> rows, int limit, Func<T, Cursor> key)
        => rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>(rows[..limit], key(rows[limit - 1]).ToString());
}
