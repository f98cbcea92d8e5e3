namespace Solodesk.Text.Search;

/// <summary>Typing mistakes between two words: letters wrong, missing, too many, or two neighbours swapped.</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>The distance if it is at most <paramref name="most"/>, else −1 (optimal string alignment).</summary>
    internal static int Within(string a, string b, int most)
    {
        if (a.Length > Longest || b.Length > Longest || Math.Abs(a.Length - b.Length) > most)
        {
            return -1;
        }

        Span<int> before = stackalloc int[Longest + 1];
        Span<int> above = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    value = Math.Min(value, before[j - 2] + 1);
                }

                row[j] = value;
                least = Math.Min(least, value);
            }

            if (least > most)
            {
                return -1;
            }

            var oldest = before;
            before = above;
            above = row;
            row = oldest;
        }

        return above[b.Length] <= most ? above[b.Length] : -1;
    }
}
