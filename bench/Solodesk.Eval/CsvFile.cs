using System.Text;

namespace Solodesk.Eval;

/// <summary>Reads CSV as RFC 4180 has it: quotes doubled inside quotes, line breaks allowed there.</summary>
internal static class CsvFile
{
    internal static List<string[]> Read(string file)
    {
        var text = File.ReadAllText(file);
        var records = new List<string[]>();
        var record = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                record.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    Close(records, record);
                }
            }
            else if (c != '\r' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || record.Count > 0)
        {
            record.Add(field.ToString());
            Close(records, record);
        }

        return records;
    }

    private static void Close(List<string[]> records, List<string> record)
    {
        if (record.Count > 1 || record[0].Length > 0)
        {
            records.Add([.. record]);
        }

        record.Clear();
    }
}
