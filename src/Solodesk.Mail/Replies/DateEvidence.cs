namespace Solodesk.Mail.Replies;

/// <summary>Weighs how much of a date and time a line holds, in one pass.</summary>
internal static class DateEvidence
{
    private static readonly FrozenLookup Months = new(CalendarWords.Months);
    private static readonly FrozenLookup Days = new(CalendarWords.Days);

    /// <summary>A date and a time of day together reach this.</summary>
    public const int Certain = 2;

    /// <summary>1 each for a year, a time of day, a month with a number, a day of the week; 2 for a date in figures.</summary>
    public static int Of(ReadOnlySpan<char> line)
    {
        var (year, time, figures, month, day, number, cjk) = (false, false, false, false, false, false, false);
        for (var i = 0; i < line.Length;)
        {
            if (char.IsAsciiDigit(line[i]))
            {
                var start = i;
                while (i < line.Length && char.IsAsciiDigit(line[i]))
                {
                    i++;
                }

                number |= i - start <= 2;
                year |= i - start == 4 && line[start] is '1' or '2' && line[start + 1] is '9' or '0';
                time |= i - start <= 2 && IsTime(line, start, i);
                figures |= IsDateInFigures(line, start, i);
                cjk |= i < line.Length && line[i] is '月' or '월';
            }
            else if (char.IsLetter(line[i]) && !Words.IsIdeograph(line[i]))
            {
                var start = i;
                while (i < line.Length && (char.IsLetter(line[i]) || line[i] is '-') && !Words.IsIdeograph(line[i]))
                {
                    i++;
                }

                month |= Months.Has(line[start..i]);
                day |= Days.Has(line[start..i]);
            }
            else
            {
                day |= line[i] is '周' or '週' or '曜' || (line[i] == '星' && i + 1 < line.Length && line[i + 1] == '期');
                i++;
            }
        }

        return One(year) + One(time) + (figures ? 2 : 0) + One((month && number) || cjk) + One(day);
    }

    private static int One(bool seen) => seen ? 1 : 0;

    // 14:12, 14.12 after "kl"/"um", 14h12, 下午3点12分
    private static bool IsTime(ReadOnlySpan<char> line, int start, int end)
    {
        if (end >= line.Length)
        {
            return false;
        }

        if (line[end] is '点' or '點' or '时' or '時' or '시')
        {
            return true;
        }

        if (line[end] is not (':' or '：' or 'h' or 'H' or '.') || end + 2 >= line.Length || !char.IsAsciiDigit(line[end + 1]) || !char.IsAsciiDigit(line[end + 2]))
        {
            return false;
        }

        var thirdDigit = end + 3 < line.Length && char.IsAsciiDigit(line[end + 3]);
        if (line[end] != '.')
        {
            return !thirdDigit;
        }

        var before = line[..start].TrimEnd();
        return !thirdDigit && (before.EndsWith("kl", StringComparison.OrdinalIgnoreCase) || before.EndsWith("kl.", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("klo", StringComparison.OrdinalIgnoreCase) || before.EndsWith("ore", StringComparison.OrdinalIgnoreCase) || before.EndsWith("um", StringComparison.OrdinalIgnoreCase));
    }

    // 2024-03-05, 5/3/24, 05.03.2024, 2024. 3. 5.
    private static bool IsDateInFigures(ReadOnlySpan<char> line, int start, int end)
    {
        if (start > 0 && (char.IsAsciiDigit(line[start - 1]) || line[start - 1] is '.' or '/' or '-') || end >= line.Length || line[end] is not ('-' or '/' or '.'))
        {
            return false;
        }

        var mark = line[end];
        var second = Digits(line, SkipSpace(line, end + 1, mark));
        if (second.Length is 0 or > 2 || second.End >= line.Length || line[second.End] != mark)
        {
            return false;
        }

        var third = Digits(line, SkipSpace(line, second.End + 1, mark));
        return (end - start, third.Length) is (4, 1 or 2) or (1 or 2, 2 or 4);
    }

    private static int SkipSpace(ReadOnlySpan<char> line, int at, char mark) => mark == '.' && at < line.Length && line[at] == ' ' ? at + 1 : at;

    private static (int Length, int End) Digits(ReadOnlySpan<char> line, int at)
    {
        var start = at;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            at++;
        }

        return (at - start, at);
    }

    private sealed class FrozenLookup(System.Collections.Frozen.FrozenSet<string> words)
    {
        private readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words = words.GetAlternateLookup<ReadOnlySpan<char>>();

        public bool Has(ReadOnlySpan<char> word) => _words.Contains(word.TrimEnd('-'));
    }
}
