namespace Solodesk.Mail.Reading;

/// <summary>Finds mail addresses in prose.</summary>
internal static class AddressFinder
{
    private const int Limit = 20;

    /// <summary>Addresses in the order in which they stand; those that begin their line (as reports list recipients) come first.</summary>
    public static List<string> InLines(string text, HashSet<string> except)
    {
        var leading = new List<string>();
        var others = new List<string>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            var from = 0;
            while (leading.Count + others.Count < Limit && line[from..].IndexOf('@') is var at and >= 0)
            {
                at += from;
                var start = at;
                while (start > 0 && IsLocal(line[start - 1])) start--;
                var end = at + 1;
                while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '.' or '-')) end++;
                from = end;
                var address = line[start..end].TrimEnd(".-").TrimStart('.').ToString();
                if (address.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var sign) || sign + 2 >= address.Length || except.Contains(address) || SenderMarks.IsDaemon(address)) continue;
                var before = line[..start].Trim(" \t<>*-•'\"([");
                var list = before.Length == 0 ? leading : others;
                if (!leading.Contains(address) && !others.Contains(address)) list.Add(address);
            }
        }
        // Prose names servers and helpers too; only the first address beside the list is trusted.
        return leading.Count > 0 ? leading : others.Count > 0 ? [others[0]] : [];
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '=' or '&' or '\'' or '!' or '#' or '$' or '%' or '*' or '/' or '^' or '~';
}
