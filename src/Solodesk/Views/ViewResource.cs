using System.Text.Json;

namespace Solodesk.Views;

/// <summary>A view as the API gives it.</summary>
/// <param name="Key">Its address, and what <c>/api/v1/tickets?view=</c> takes.</param>
/// <param name="Name">Its name; empty for the desk's own views, which are named in the reader's language.</param>
/// <param name="Shared">Whether everybody sees it.</param>
/// <param name="Condition">The condition: <c>all</c>, <c>any</c>, <c>not</c>, or <c>field</c>, <c>op</c> and <c>value</c>.</param>
/// <param name="Sort">The column that it is sorted by.</param>
/// <param name="Descending">Which way round.</param>
/// <param name="Group">The field that it is grouped by.</param>
/// <param name="Columns">The columns of its table; empty for a list.</param>
/// <param name="Hidden">Whether the navigation leaves it out.</param>
/// <param name="Count">How many tickets it has, counted to a hundred; null where it is not counted.</param>
public sealed record ViewResource(string Key, string Name, bool Shared, JsonElement Condition, string Sort, bool Descending, string? Group, IReadOnlyList<string> Columns, bool Hidden, int? Count)
{
    internal static ViewResource Of(View view, int? count)
    {
        using var condition = JsonDocument.Parse(view.Condition);
        return new ViewResource(view.Key, view.Name, view.OwnerId is null, condition.RootElement.Clone(), view.Sort, view.Descending, view.Group, view.Columns, view.Hidden, count);
    }
}

/// <summary>A view to add, or as it shall be.</summary>
public sealed record ViewBody
{
    public string Name { get; init; } = "";

    /// <summary>The condition; absent is every ticket.</summary>
    public JsonElement? Condition { get; init; }

    public bool Shared { get; init; } = true;

    /// <summary>due, lastMessage, number, updated, waiting, snoozed, priority, status or messages.</summary>
    public string Sort { get; init; } = ViewSort.LastMessage;

    public bool Descending { get; init; } = true;

    /// <summary>ticket.status, ticket.priority, ticket.type, ticket.category, ticket.assignee or ticket.channel.</summary>
    public string? Group { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }
    public bool Hidden { get; init; }

    internal EditViews.Request ToRequest(string? key, Engine.Conditions.Condition condition) => new()
    {
        Key = key,
        Name = Name,
        Condition = condition,
        Shared = Shared,
        Sort = Sort,
        Descending = Descending,
        Group = Group,
        Columns = Columns ?? [],
        Hidden = Hidden,
    };
}
