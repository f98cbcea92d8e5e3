using System.Text;

namespace Solodesk.Knowledge.Exchange;

/// <summary>CSV as RFC 4180 has it, read leniently: a byte order mark, semicolons or tabs instead of commas, line breaks within quotes.</summary>
internal static class Csv
{
    /// <summary>The rows that hold anything, each with the line of the file that it begins on.</summary>
    public static List<(int Line, string[] Cells)> Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        var separator = SeparatorOf(text);
        var rows = new List<(int Line, string[] Cells)>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        var (line, begins) = (1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : 0;
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(c);
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                Add();
            }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                {
                    i++;
                    line++;
                }

                Close();
                begins = line;
            }
            else
            {
                cell.Append(c);
            }
        }

        Close();
        return rows;

        void Close()
        {
            Add();
            if (row.Count > 1 || row[0].Trim().Length > 0)
            {
                rows.Add((begins, [.. row]));
            }

            row.Clear();
        }

        void Add()
        {
            row.Add(IsGuarded(cell.ToString()) ? cell.ToString(1, cell.Length - 1) : cell.ToString());
            cell.Clear();
        }
    }

    /// <summary>One row. A cell that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    public static string Write(params IEnumerable<string> cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    private static string Quote(string cell)
    {
        var safe = Runs(cell) || IsGuarded(cell) ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool Runs(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t';

    // What begins with an apostrophe before such a sign gets one more, so that taking one away gives back what was there.
    private static bool IsGuarded(string cell) => cell.StartsWith('\'') && Runs(cell.TrimStart('\''));

    private static char SeparatorOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var head = end < 0 ? text : text[..end];
        return ",;\t".MaxBy(s => head.Count(c => c == s));
    }
}
