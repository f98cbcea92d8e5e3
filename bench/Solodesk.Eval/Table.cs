namespace Solodesk.Eval;

/// <summary>A CSV file with a header, read whole. Columns are found by any of several names, whatever their case.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string[]> _rows = [];

    private Table(string file) => File = file;

    internal string File { get; }

    internal int Count => _rows.Count;

    internal IEnumerable<string> Columns => _columns.Keys;

    internal static Table Read(string file)
    {
        var table = new Table(file);
        var records = CsvFile.Read(file);
        if (records.Count == 0)
        {
            throw new UsageException($"{file} is empty.");
        }

        for (var i = 0; i < records[0].Length; i++)
        {
            table._columns.TryAdd(records[0][i].Trim().TrimStart('\uFEFF'), i);
        }

        table._rows.AddRange(records.Skip(1));
        return table;
    }

    /// <summary>The first of the names that is a column, or null.</summary>
    internal string? Which(params string[] names) => names.FirstOrDefault(_columns.ContainsKey);

    /// <summary>The first of the names that is a column; an error that lists them when none is.</summary>
    internal string Needed(params string[] names) => Which(names)
        ?? throw new UsageException($"{File} has none of the columns {string.Join(", ", names)}; it has {string.Join(", ", _columns.Keys)}.");

    internal string Cell(int row, string? column) =>
        column is not null && _columns.TryGetValue(column, out var at) && at < _rows[row].Length ? _rows[row][at] : string.Empty;
}
