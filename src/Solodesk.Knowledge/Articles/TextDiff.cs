namespace Solodesk.Knowledge.Articles;

/// <summary>What changed between two texts, line by line, and within changed lines word by word.</summary>
internal static class TextDiff
{
    // Beyond this the quadratic table is not worth its memory: the middle is shown as removed and added.
    private const int MostCells = 4_000_000;

    public enum Change { Same, Removed, Added }

    public sealed record Line(Change Change, IReadOnlyList<(string Text, Change Change)> Parts);

    public static IReadOnlyList<Line> Of(string before, string after)
    {
        var script = Compare(before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var lines = new List<Line>();
        for (var i = 0; i < script.Count;)
        {
            if (script[i].Change == Change.Same)
            {
                lines.Add(new Line(Change.Same, [(script[i].Text, Change.Same)]));
                i++;
                continue;
            }

            var removed = script.Skip(i).TakeWhile(s => s.Change == Change.Removed).Select(s => s.Text).ToList();
            var added = script.Skip(i + removed.Count).TakeWhile(s => s.Change == Change.Added).Select(s => s.Text).ToList();
            i += removed.Count + added.Count;
            if (removed.Count == 0 && added.Count == 0)
            {
                break;
            }

            AddPairs(lines, removed, added);
        }

        return lines;
    }

    private static void AddPairs(List<Line> lines, List<string> removed, List<string> added)
    {
        var parts = removed.Zip(added, (r, a) => Compare(Words(r), Words(a))).ToList();
        lines.AddRange(removed.Select((line, i) => i < parts.Count
            ? new Line(Change.Removed, [.. parts[i].Where(p => p.Change != Change.Added)]) : new Line(Change.Removed, [(line, Change.Removed)])));
        lines.AddRange(added.Select((line, i) => i < parts.Count
            ? new Line(Change.Added, [.. parts[i].Where(p => p.Change != Change.Removed)]) : new Line(Change.Added, [(line, Change.Added)])));
    }

    // Chinese has no spaces: each of its characters is a word.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        for (var i = 0; i < line.Length;)
        {
            var end = i + 1;
            if (char.IsLetterOrDigit(line[i]) && line[i] < 0x2E80)
            {
                while (end < line.Length && char.IsLetterOrDigit(line[end]) && line[end] < 0x2E80)
                {
                    end++;
                }
            }
            else if (char.IsHighSurrogate(line[i]) && end < line.Length)
            {
                end++;
            }

            words.Add(line[i..end]);
            i = end;
        }

        return [.. words];
    }

    private static List<(string Text, Change Change)> Compare(string[] a, string[] b)
    {
        var script = new List<(string, Change)>();
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            script.Add((a[start++], Change.Same));
        }

        var tail = 0;
        while (tail < a.Length - start && tail < b.Length - start && a[^(tail + 1)] == b[^(tail + 1)])
        {
            tail++;
        }

        Middle(a.AsSpan(start, a.Length - start - tail), b.AsSpan(start, b.Length - start - tail), script);
        script.AddRange(a[^tail..].Select(t => (t, Change.Same)));
        return script;
    }

    private static void Middle(ReadOnlySpan<string> a, ReadOnlySpan<string> b, List<(string, Change)> script)
    {
        if ((long)a.Length * b.Length > MostCells)
        {
            foreach (var line in a)
            {
                script.Add((line, Change.Removed));
            }

            foreach (var line in b)
            {
                script.Add((line, Change.Added));
            }

            return;
        }

        // Longest common subsequence, filled from the end so that it is read from the beginning.
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        int x = 0, y = 0;
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                script.Add((a[x], Change.Same));
                x++;
                y++;
            }
            else if (x < a.Length && (y == b.Length || length[x + 1, y] >= length[x, y + 1]))
            {
                script.Add((a[x++], Change.Removed));
            }
            else
            {
                script.Add((b[y++], Change.Added));
            }
        }
    }
}
