namespace Solodesk.Mail.Replies;

/// <summary>
/// Recognises the sentence that introduces a quote ("On … wrote:", "在 … 写道：", "Am … schrieb …:"), on one line or wrapped over
/// several. It weighs evidence (a date, an address, the verb, the colon at the end) instead of matching each program's pattern.
/// </summary>
internal static class Attribution
{
    private const int MostLines = 5;
    private const int LongestSentence = 420;

    private enum Strength
    {
        None,

        /// <summary>Only with quoted lines right after it.</summary>
        Likely,
        Certain,
    }

    /// <summary>How many lines the sentence takes that starts at a line; 0 if none does.</summary>
    public static int LengthAt(List<BodyLine> lines, int at)
    {
        var first = lines[at].Flat;
        if (first.Length > 300 || !MayBegin(first))
        {
            return 0;
        }

        var alone = Weigh(first);
        if (Accepts(alone, lines, at, at + 1))
        {
            return 1;
        }

        if (EndsInColon(first))
        {
            return 0;
        }

        return RunsIntoQuote(first) ? 1 : Wrapped(lines, at, first);
    }

    // "On Tue, Mar 5, 2024 at 15:12, Shop<shop@example.com> wrote: Would you …": the break after the colon was lost.
    private static bool RunsIntoQuote(string line)
    {
        if (!HasAddress(line) || !BeginsWithDate(line))
        {
            return false;
        }

        for (var colon = line.AsSpan().IndexOfAny(':', '：'); colon >= 0;)
        {
            var head = line[..(colon + 1)];
            if (HasAddress(head) && AttributionWords.FindWrote(head) is { } wrote && wrote.End >= colon - 1 && Weigh(head) is Strength.Certain)
            {
                return true;
            }

            var next = line.AsSpan(colon + 1).IndexOfAny(':', '：');
            colon = next < 0 ? -1 : colon + 1 + next;
        }

        return false;
    }

    private static int Wrapped(List<BodyLine> lines, int at, string sentence)
    {
        if (!BeginsWithDate(sentence) && !IsMailbox(sentence) && !IsMailboxBeforeDate(sentence))
        {
            return 0;
        }

        for (var i = at + 1; i < lines.Count && i - at < MostLines; i++)
        {
            var line = lines[i];
            if (line.IsBlank && i == at + 1 && i + 1 < lines.Count && lines[i + 1].IsOpen)
            {
                continue;
            }

            if (!line.IsOpen || sentence.Length + line.Flat.Length > LongestSentence || (BeginsWithDate(line.Flat) && BeginsWithDate(sentence) && AttributionWords.HasOpener(line.Flat)))
            {
                return 0;
            }

            sentence = sentence + " " + line.Flat;
            if (Accepts(Weigh(sentence), lines, at, i + 1))
            {
                return i + 1 - at;
            }

            if (EndsInColon(sentence) || lines[i - 1].IsBlank)
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>Where such a sentence starts inside a line that begins with something else; -1 if it does not.</summary>
    public static int StartWithin(string flat)
    {
        if (flat.Length > LongestSentence || !EndsInColon(flat) || !flat.Contains('@', StringComparison.Ordinal) || AttributionWords.FindWrote(flat) is not { } wrote)
        {
            return -1;
        }

        for (var at = wrote.Start - 1; at > 0; at--)
        {
            if (flat[at - 1] is ' ' or '-' or '.' or '!' or '。' or '！' && (char.IsUpper(flat[at]) || flat[at] is '在' or '于' or '於') && Weigh(flat[at..]) is Strength.Certain && AttributionWords.HasOpener(flat[at..]) && BeginsWithDate(flat[at..]))
            {
                return flat.AsSpan(0, at).TrimEnd("- ").Length;
            }
        }

        return -1;
    }

    private static bool Accepts(Strength strength, List<BodyLine> lines, int at, int next)
    {
        if (strength is Strength.None)
        {
            return false;
        }

        var body = QuoteHeader.NextNonBlank(lines, next);
        if (body < lines.Count && lines[body].IsQuoted)
        {
            return true;
        }

        // An attribution opens a paragraph, or closes what stands above it on its own line; prose runs on.
        return strength is Strength.Certain && at >= 0;
    }

    private static Strength Weigh(string line)
    {
        var sentence = line.Trim(Frame);
        if (sentence.Length < 4)
        {
            return Strength.None;
        }

        var date = DateEvidence.Of(sentence);
        var address = HasAddress(sentence);
        var wrote = AttributionWords.FindWrote(sentence);
        var certainDate = date >= DateEvidence.Certain;
        if (!EndsInColon(sentence))
        {
            var dashed = line.StartsWith("--", StringComparison.Ordinal);
            if (wrote is { } verb && verb.End == sentence.Length && (dashed || certainDate))
            {
                return certainDate && (address || dashed || (IsIdeographicVerb(sentence, verb) && BeginsWithDate(sentence))) ? Strength.Certain
                    : dashed ? Strength.Likely : Strength.None;
            }

            return certainDate && address && BeginsWithDate(sentence) && line[^1] == '>' && Words.Count(sentence) <= 20 ? Strength.Likely : Strength.None;
        }

        if (Array.Exists(AttributionWords.Quoting, word => Words.StartsWith(sentence, word)) && Words.Count(sentence) <= 12)
        {
            return address ? Strength.Certain : Strength.Likely;
        }

        if (wrote is { } found)
        {
            if (!address && IsProse(sentence))
            {
                return Strength.Likely;
            }

            var tail = Words.Count(sentence.AsSpan(found.End));
            var ends = tail <= (date > 0 ? 14 : 6);
            if (ends && address && (date > 0 || tail == 0 || AttributionWords.HasOpener(sentence)))
            {
                return Strength.Certain;
            }

            if (ends && certainDate && Words.Count(sentence) <= 24 && (BeginsWithDate(sentence) || IsFollowedByDate(sentence, found) || IsNameBeforeDate(sentence)))
            {
                return Strength.Certain;
            }

            return ends && (date > 0 || address || (Words.Count(sentence) <= 6 && !Words.StartsWith(sentence, "I"))) ? Strength.Likely : Strength.None;
        }

        return certainDate && address && (EndsInAddress(sentence) || (BeginsWithDate(sentence) && WordsAfterAddress(sentence) <= 2)) ? Strength.Certain : Strength.None;
    }

    private const string FrameMarks = " -*_<>|=—~#“\"";
    private static readonly char[] Frame = FrameMarks.ToCharArray();

    private static bool IsIdeographicVerb(string sentence, (int Start, int End) verb) => Words.IsIdeograph(sentence[verb.Start]);

    private static bool IsProse(string sentence)
    {
        foreach (var words in AttributionWords.Prose)
        {
            if (Words.IndexOf(sentence, words) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A preposition and a date, or a date at once, or a name and a date: how these sentences begin.</summary>
    private static bool BeginsWithDate(string sentence)
    {
        var head = sentence.AsSpan(0, Math.Min(sentence.Length, 48));
        if (AttributionWords.HasOpener(sentence.TrimStart(Frame)))
        {
            return DateEvidence.Of(head) > 0;
        }

        return DateEvidence.Of(head[..Math.Min(head.Length, 36)]) >= DateEvidence.Certain;
    }

    // "张三 于2024年3月5日周二 14:12写道：": a short name without punctuation before 于/於/在.
    private static bool IsNameBeforeDate(string sentence)
    {
        var preposition = sentence.AsSpan().IndexOfAny('于', '於', '在');
        return preposition is > 0 and <= 40 && sentence.AsSpan(0, preposition).IndexOfAny(Words.Punctuation) < 0
            && DateEvidence.Of(sentence.AsSpan(preposition, Math.Min(16, sentence.Length - preposition))) > 0
            && Words.Count(sentence.AsSpan(0, preposition)) <= 6;
    }

    // "… wrote on 05/03/2024 14:12:33:", "… schrieb am Di., 5. März 2024 um 14:12:"
    private static bool IsFollowedByDate(string sentence, (int Start, int End) wrote) =>
        DateEvidence.Of(sentence.AsSpan(wrote.End)) >= DateEvidence.Certain && Words.Count(sentence.AsSpan(0, wrote.Start)) <= 8;

    private static bool MayBegin(string flat) => DateEvidence.Of(flat) > 0 || flat.Contains('@', StringComparison.Ordinal) || flat.Contains('<', StringComparison.Ordinal)
        || AttributionWords.FindWrote(flat) is not null;

    private static bool EndsInColon(string sentence) => sentence.AsSpan().TrimEnd(FrameMarks) is [.., ':' or '：'];

    private static bool EndsInAddress(string sentence) => sentence.TrimEnd(':', '：', ' ') is [.., '>' or ']' or ')' or '》'];

    private static bool HasAddress(string sentence)
    {
        var at = sentence.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at + 1 < sentence.Length && !char.IsWhiteSpace(sentence[at - 1]) && !char.IsWhiteSpace(sentence[at + 1]);
    }

    // "On 11-Apr-2011, at 6:54 PM, Ann <ann@example.com> sent:", whatever the verb is.
    private static int WordsAfterAddress(string sentence)
    {
        var close = sentence.LastIndexOfAny(['>', ']']);
        return close > 0 ? Words.Count(sentence.AsSpan(close)) : int.MaxValue;
    }

    // "某某公司 <kf@example.com> 于 2024年3月5日周二", the hour and the verb on the line below.
    private static bool IsMailboxBeforeDate(string flat)
    {
        var close = flat.IndexOf('>', StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }

        var rest = flat.AsSpan(close + 1).TrimStart();
        return rest is ['于' or '於' or '在', ..] && DateEvidence.Of(rest) >= DateEvidence.Certain && IsMailbox(flat[..(close + 1)]);
    }

    // A name and an address on a line of their own, the sentence going on below.
    private static bool IsMailbox(string flat)
    {
        var open = flat.IndexOf('<', StringComparison.Ordinal);
        return flat.Length <= 90 && flat[^1] is '>' or '<' or ',' && HasAddress(flat) && open >= 0 && Words.Count(flat.AsSpan(0, open)) <= 6
            && flat.AsSpan(0, open).IndexOfAny(Words.FullStops) < 0;
    }
}
