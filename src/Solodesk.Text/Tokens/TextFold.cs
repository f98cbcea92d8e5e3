using System.Globalization;
using System.Text;

namespace Solodesk.Text.Tokens;

/// <summary>
/// Brings text to one spelling for matching: NFKC, lower case, Latin without diacritics, simplified Chinese, ASCII digits.
/// </summary>
/// <remarks>
/// Never throws: lone surrogates become spaces. Folding twice gives the same text. What comes out is for comparing, not for showing.
/// </remarks>
public static class TextFold
{
    /// <summary>The folded form of <paramref name="text"/>; punctuation and white space stay where they were.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var whole = Whole(text);
        var composed = whole.IsNormalized(NormalizationForm.FormKC) ? whole : whole.Normalize(NormalizationForm.FormKC);
        var folded = new StringBuilder(composed.Length);
        foreach (var rune in composed.EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString();
    }

    /// <summary>Replaces lone surrogates, U+FFFE and U+FFFF by spaces: <see cref="string.Normalize()"/> throws on them.</summary>
    internal static string Whole(string text)
    {
        StringBuilder? mended = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]) && text[i] < '\uFFFE')
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            mended ??= new StringBuilder(text);
            mended[i] = ' ';
        }

        return mended?.ToString() ?? text;
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii)
        {
            folded.Append(char.ToLowerInvariant((char)rune.Value));
        }
        else if (!rune.IsBmp)
        {
            folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        else if (rune.Value is >= 0x3400 and <= 0x9FFF)
        {
            folded.Append(TraditionalCharacters.Fold((char)rune.Value));
        }
        else if (rune.Value == 0x3007)
        {
            // The zero of 二〇二六 is a number to Unicode and not a letter; the word is 零.
            folded.Append('零');
        }
        else if (HasDiacritics(rune.Value))
        {
            AppendBare(folded, (char)rune.Value);
        }
        else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        }
        else
        {
            folded.Append(char.ToLowerInvariant((char)rune.Value));
        }
    }

    // Latin, Greek and Cyrillic, where a mark on a letter is what people leave out when they type in a hurry.
    private static bool HasDiacritics(int value) => value is (>= 0xC0 and <= 0x52F) or (>= 0x1E00 and <= 0x1FFF);

    private static void AppendBare(StringBuilder folded, char c)
    {
        if (char.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned)
        {
            folded.Append(' ');
            return;
        }

        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(part) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                continue;
            }

            var lower = char.ToLowerInvariant(part);
            _ = lower switch
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ø' => folded.Append('o'),
                'đ' or 'ð' => folded.Append('d'),
                'ł' => folded.Append('l'),
                'ħ' => folded.Append('h'),
                'ı' => folded.Append('i'),
                'ŋ' => folded.Append('n'),
                'ς' => folded.Append('σ'),
                _ => folded.Append(lower),
            };
        }
    }
}
