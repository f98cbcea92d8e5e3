using System.Text;
using Solodesk.Text.Tokens;

namespace Solodesk.Text.Languages;

/// <summary>
/// Tells what language a message is written in: first by script, then, for Latin letters, by small words, letters and endings.
/// </summary>
/// <remarks>
/// Knows zh-Hans, zh-Hant, ja, ko, en, de, fr, es, pt, it, nl, sv, pl, tr, id, vi, ru, uk, ar, he, el, th and hi. Chinese text without a
/// character that the two standards write differently counts as simplified, with low confidence. Never throws.
/// </remarks>
public static class LanguageDetector
{
    /// <summary>Only the beginning of long text is read.</summary>
    internal const int LongestSample = 4000;

    /// <summary>The language of <paramref name="text"/>.</summary>
    public static DetectedLanguage Detect(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return DetectedLanguage.Unknown;
        }

        var sample = TextFold.Whole(text.Length > LongestSample ? text[..LongestSample] : text);
        sample = sample.IsNormalized(NormalizationForm.FormC) ? sample : sample.Normalize(NormalizationForm.FormC);
        var count = ScriptCount.Of(sample);

        // A Han character or a syllable says as much as three letters: 我的 iPhone 坏了 is Chinese.
        var eastern = 3 * (count.Han + count.Hangul + count.Kana);
        var others = new (string Code, int Letters)[]
        {
            ("latin", count.Latin), ("cyrillic", count.Cyrillic), ("ar", count.Arabic), ("he", count.Hebrew), ("el", count.Greek),
            ("th", count.Thai), ("hi", count.Devanagari),
        };
        var (script, letters) = others.MaxBy(o => o.Letters);
        var all = eastern + others.Sum(o => o.Letters);
        if (all == 0)
        {
            return DetectedLanguage.Unknown;
        }

        if (eastern >= letters)
        {
            return Scale(Eastern(count), eastern, all);
        }

        return script switch
        {
            "latin" => Scale(LatinLanguages.Detect(sample), letters, all),
            "cyrillic" => Scale(new DetectedLanguage(count.Ukrainian > 0 ? "uk" : "ru", 0.9), letters, all),
            _ => Scale(new DetectedLanguage(script, 1), letters, all),
        };
    }

    private static DetectedLanguage Scale(DetectedLanguage found, int share, int all) =>
        found with { Confidence = found.Confidence * share / all };

    private static DetectedLanguage Eastern(ScriptCount count)
    {
        if (count.Hangul > 0 && 2 * count.Hangul >= count.Han + count.Kana)
        {
            return new DetectedLanguage("ko", 1);
        }

        // One の in a Chinese slogan does not make it Japanese.
        if (count.Kana > 0 && 8 * count.Kana >= count.Han)
        {
            return new DetectedLanguage("ja", 1);
        }

        if (count.Traditional == 0 && count.Simplified == 0)
        {
            return count.Japanese > 0 ? new DetectedLanguage("ja", 0.4) : new DetectedLanguage("zh-Hans", 0.55);
        }

        var code = count.Traditional > count.Simplified ? "zh-Hant" : "zh-Hans";
        double winner = Math.Max(count.Traditional, count.Simplified);
        return new DetectedLanguage(code, 0.5 + (0.5 * winner / (count.Traditional + count.Simplified + 0.2)));
    }
}
