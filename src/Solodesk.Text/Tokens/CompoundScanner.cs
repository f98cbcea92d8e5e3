using System.Buffers;

namespace Solodesk.Text.Tokens;

/// <summary>Groups runs into compounds by the separators between them.</summary>
internal static class CompoundScanner
{
    private const int MostParts = 8;

    private static readonly SearchValues<char> BetweenDigits = SearchValues.Create(" -.()+/");

    /// <summary>The compounds of folded text, in order; every run is in exactly one, but for a dropped possessive s.</summary>
    internal static List<Compound> Scan(string folded)
    {
        var runs = RunScanner.Scan(folded);
        var found = new List<Compound>(runs.Count);
        for (var i = 0; i < runs.Count;)
        {
            var run = runs[i];
            if (run.Kind == RunKind.Dense)
            {
                found.Add(new Compound(CompoundKind.Dense, [run.Text]));
                i++;
                continue;
            }

            var phone = PhoneLength(runs, i);
            if (phone > 0)
            {
                found.Add(new Compound(CompoundKind.Phone, Texts(runs, i, phone)));
                i += phone;
                continue;
            }

            i += Words(runs, i, found);
        }

        return found;
    }

    private static int PhoneLength(List<Run> runs, int start)
    {
        var digits = 0;
        var length = 0;
        for (var i = start; i < runs.Count && length < MostParts && runs[i].Kind == RunKind.Number; i++)
        {
            if (i > start && (runs[i].Gap.Length is 0 or > 3 || runs[i].Gap.AsSpan().ContainsAnyExcept(BetweenDigits)))
            {
                break;
            }

            digits += runs[i].Text.Length;
            length++;
        }

        // One short number is a number; two years in a row are not a telephone number either, but cost only two more tokens.
        return digits is >= 7 and <= 15 ? length : 0;
    }

    private static int Words(List<Run> runs, int start, List<Compound> found)
    {
        var parts = new List<string> { runs[start].Text };
        var kind = CompoundKind.Single;
        var next = start + 1;
        for (; next < runs.Count && parts.Count < MostParts && runs[next].Kind != RunKind.Dense; next++)
        {
            var run = runs[next];
            if (run.Gap is "'" or "’")
            {
                if (run.Text == "s")
                {
                    continue;
                }

                if (run.Text is "t" or "re" or "ve" or "ll" or "d" or "m")
                {
                    parts[^1] += run.Text;
                    continue;
                }

                break;
            }

            if (run.Gap is not ("" or "-" or "." or "_" or "@" or "+" or "‐" or "‑" or ","))
            {
                break;
            }

            if (run.Gap == "," && !(run.Kind == RunKind.Number && run.Text.Length == 3 && runs[next - 1].Kind == RunKind.Number))
            {
                break;
            }

            kind = run.Gap == "@" ? CompoundKind.Address : kind == CompoundKind.Address ? kind : CompoundKind.Glued;
            parts.Add(run.Text);
        }

        if (kind == CompoundKind.Single || parts.Sum(p => p.Length) < RunScanner.LongestWord)
        {
            found.Add(new Compound(kind, parts));
        }
        else
        {
            found.AddRange(parts.Select(p => new Compound(CompoundKind.Single, [p])));
        }

        return next - start;
    }

    private static string[] Texts(List<Run> runs, int start, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = runs[start + i].Text;
        }

        return texts;
    }
}
