namespace Solodesk.Mail.Replies;

internal enum SeparatorKind
{
    None,
    Rule,
    Original,
    Forward,
}

/// <summary>Reads lines like <c>-----Original Message-----</c>, <c>---- 回复的原邮件 ----</c> and bare rules of dashes.</summary>
internal static class SeparatorLine
{
    private const int LongestPhrase = 60;
    private const string Marks = " -_=*—–─━~<>|·.#－＿＊";

    public static SeparatorKind Read(string flat)
    {
        if (flat.Length > 4 * LongestPhrase || !(flat[0] is '*' || flat[^1] is ':' or '：' || !char.IsLetterOrDigit(flat[0])))
        {
            return SeparatorKind.None;
        }

        if (IsRule(flat))
        {
            return SeparatorKind.Rule;
        }

        var phrase = flat.AsSpan().Trim(Marks);
        if (phrase.IsEmpty)
        {
            return SeparatorKind.None;
        }

        if (phrase.Length > LongestPhrase)
        {
            return SeparatorKind.None;
        }

        var key = Words.Key(phrase.TrimEnd(":： "));
        if (SeparatorPhrases.OpensForward.Contains(key) && EndsWithColon(phrase))
        {
            return SeparatorKind.Forward;
        }

        if (!IsFramed(flat))
        {
            return SeparatorKind.None;
        }

        if (SeparatorPhrases.Forward.Contains(key) || key.StartsWith("forwardedby", StringComparison.Ordinal)
            || SeparatorPhrases.OpensForward.Contains(key))
        {
            return SeparatorKind.Forward;
        }

        return SeparatorPhrases.Original.Contains(key) || SeparatorPhrases.ReplyAbove.Any(key.Contains) ? SeparatorKind.Original : SeparatorKind.None;
    }

    /// <summary>Whether a line without dashes says what separators say; alone, that is no proof.</summary>
    public static bool IsBarePhrase(string flat)
    {
        if (flat.Length > LongestPhrase)
        {
            return false;
        }

        var key = Words.Key(flat.AsSpan().TrimEnd(":： "));
        return SeparatorPhrases.Original.Contains(key) || SeparatorPhrases.Forward.Contains(key);
    }

    private static bool EndsWithColon(ReadOnlySpan<char> phrase) => phrase[^1] is ':' or '：';

    // Two dashes in front or a bold mark; the tail may be missing or wrapped away.
    private static bool IsFramed(string flat) => flat.Length >= 4
        && (flat.StartsWith("--", StringComparison.Ordinal) || flat.StartsWith("==", StringComparison.Ordinal) || flat.StartsWith("__", StringComparison.Ordinal)
            || flat.StartsWith("——", StringComparison.Ordinal) || flat.StartsWith("──", StringComparison.Ordinal) || flat.StartsWith("**", StringComparison.Ordinal)
            || flat.StartsWith("##", StringComparison.Ordinal) || flat.StartsWith("*-", StringComparison.Ordinal) || flat.StartsWith("- -", StringComparison.Ordinal)
            || (flat[0] is '*' or '-' or '—' && flat[^1] == flat[0]));

    /// <summary>Whether a line is nothing but dashes or the like, five at least.</summary>
    public static bool IsRule(string flat) => flat.Length >= 5 && flat.AsSpan().Trim(Marks).IsEmpty;
}
