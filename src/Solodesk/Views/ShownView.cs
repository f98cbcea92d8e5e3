namespace Solodesk.Views;

/// <summary>One page of a view as it is shown.</summary>
/// <param name="View">The view.</param>
/// <param name="Sort">The column that it is really sorted by.</param>
/// <param name="Descending">Which way round.</param>
/// <param name="Rows">The rows in order.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record ShownView(View View, string Sort, bool Descending, IReadOnlyList<ViewLine> Rows, string? Next);

/// <summary>One row of it.</summary>
/// <param name="Ticket">The row.</param>
/// <param name="Heading">The name of the group that begins with it, empty for tickets without a value; null within a group.</param>
public sealed record ViewLine(ViewRow Ticket, string? Heading);
