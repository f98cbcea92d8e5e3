namespace Solodesk.Common;

/// <summary>One page of a list that is paged by key: the rows, and the cursor of the next page if there is one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
