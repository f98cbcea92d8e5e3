namespace Solodesk.Views;

/// <summary>The columns of wide lists, and which of them the list can be sorted by.</summary>
internal static class ViewColumns
{
    public const int Most = 16;

    /// <summary>Own fields of tickets follow under <c>custom.</c> and their key.</summary>
    public const string Custom = "custom.";

    public static IReadOnlyList<string> All { get; } =
        ["customer", "organization", "subject", "status", "priority", "type", "category", "assignee", "tags", "channel", "due", "waiting", "created", "lastMessage", "updated", "solved", "messages"];

    /// <summary>The sort behind a column's heading; null for none.</summary>
    public static ViewSort? Sort(string column) => ViewSort.Find(column == "created" ? ViewSort.Number : column);
}
