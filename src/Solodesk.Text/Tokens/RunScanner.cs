using System.Globalization;
using System.Text;

namespace Solodesk.Text.Tokens;

/// <summary>Cuts folded text into runs of letters, digits and dense script.</summary>
/// <remarks>
/// Letters outside the blocks that every database version knows as letters are written as <c>u</c> and their hexadecimal
/// code point, so that what comes out is kept whole everywhere and can still be found. Combining marks vanish.
/// </remarks>
internal static class RunScanner
{
    /// <summary>Longest run; what is longer is cut there (PostgreSQL refuses lexemes of 2,047 bytes).</summary>
    internal const int LongestWord = 64;

    private const int LongestEscape = 7;

    private const int LongestGap = 4;

    /// <summary>The runs of <paramref name="folded"/>, in order.</summary>
    internal static List<Run> Scan(string folded)
    {
        var runs = new List<Run>(folded.Length / 4);
        var text = new StringBuilder();
        var gap = new StringBuilder();
        var kind = RunKind.Word;
        foreach (var rune in folded.EnumerateRunes())
        {
            var found = Classify(rune, out var ignored);
            if (ignored)
            {
                continue;
            }

            if (found is null)
            {
                Close(runs, text, gap, kind);
                if (gap.Length < LongestGap)
                {
                    gap.Append(rune.IsBmp ? (char)rune.Value : ' ');
                }

                continue;
            }

            var dense = found == RunKind.Dense;
            if (text.Length > 0 && (dense != (kind == RunKind.Dense) || (!dense && text.Length > LongestWord - LongestEscape)))
            {
                Close(runs, text, gap, kind);
            }

            kind = text.Length == 0 ? found.Value : Join(kind, found.Value);
            AppendLetter(text, rune);
        }

        Close(runs, text, gap, kind);
        return runs;
    }

    /// <summary>True for letters of scripts written without spaces, and Hangul.</summary>
    internal static bool IsDense(int value) => value is
        (>= 0x3400 and <= 0x4DB5) or (>= 0x4E00 and <= 0x9FCC) or (>= 0x3041 and <= 0x3096) or (>= 0x30A1 and <= 0x30FA)
        or 0x3005 or 0x30FC or (>= 0xAC00 and <= 0xD7A3) or (>= 0x0E01 and <= 0x0E46) or (>= 0x0E81 and <= 0x0EC6);

    private static RunKind? Classify(Rune rune, out bool ignored)
    {
        ignored = false;
        if (rune.IsAscii)
        {
            return rune.Value is >= '0' and <= '9' ? RunKind.Number
                : rune.Value is >= 'a' and <= 'z' ? RunKind.Word
                : null;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter:
                return IsDense(rune.Value) ? RunKind.Dense : RunKind.Word;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format:
                ignored = true;
                return null;
            default:
                return null;
        }
    }

    private static RunKind Join(RunKind first, RunKind second) => first == second ? first : RunKind.Word;

    private static void AppendLetter(StringBuilder text, Rune rune)
    {
        if (rune.IsAscii || IsKnownLetter(rune.Value))
        {
            text.Append((char)rune.Value);
        }
        else
        {
            text.Append('u').Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    // Greek, Cyrillic, Armenian, Hebrew, Arabic, the Indic blocks, Thai, Lao, Georgian, and the dense scripts.
    private static bool IsKnownLetter(int value) => IsDense(value) || value is
        (>= 0x03B1 and <= 0x03C9) or (>= 0x0430 and <= 0x045F) or (>= 0x0561 and <= 0x0586) or (>= 0x05D0 and <= 0x05EA)
        or (>= 0x0621 and <= 0x063A) or (>= 0x0641 and <= 0x064A) or (>= 0x0671 and <= 0x06D3) or (>= 0x0905 and <= 0x0939)
        or (>= 0x0985 and <= 0x09B9) or (>= 0x0A05 and <= 0x0A39) or (>= 0x0A85 and <= 0x0AB9) or (>= 0x0B85 and <= 0x0BB9)
        or (>= 0x0C05 and <= 0x0C39) or (>= 0x0C85 and <= 0x0CB9) or (>= 0x0D05 and <= 0x0D39) or (>= 0x10D0 and <= 0x10F0);

    /// <summary>
    /// Writes <c>n</c> before what begins like a number with an exponent (9e5c): PostgreSQL's parser would cut it in two.
    /// </summary>
    internal static string Guard(string word)
    {
        var e = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return e > 0 && e + 1 < word.Length && word[e] == 'e' && char.IsAsciiDigit(word[e + 1]) ? "n" + word : word;
    }

    private static void Close(List<Run> runs, StringBuilder text, StringBuilder gap, RunKind kind)
    {
        if (text.Length == 0)
        {
            return;
        }

        runs.Add(new Run(kind, Guard(text.ToString()), gap.ToString()));
        text.Clear();
        gap.Clear();
    }
}
