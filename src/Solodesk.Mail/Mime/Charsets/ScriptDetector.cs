namespace Solodesk.Mail.Mime.Charsets;

/// <summary>Tells single-byte charsets apart by script: Cyrillic, Greek, Hebrew, Arabic and Thai words are made of high bytes, Latin words only sprinkled with them.</summary>
internal static class ScriptDetector
{
    private const string CommonCyrillic = "оеаинтсрвлкмдпуяыьгзбчйхжшю";
    private const string CommonGreek = "αοιετσνηυρπκμλςίόάέήωύώ";
    private const string CommonHebrew = "יוהלאתרבמשנםקדח";
    private const string CommonArabic = "اليمونرتبعدسفهكقةحج";

    private readonly record struct Candidate(int CodePage, char First, char Last, string Common);

    private static readonly Candidate[] Candidates =
    [
        new(1251, '\u0400', '\u045F', CommonCyrillic), new(20866, '\u0400', '\u045F', CommonCyrillic), new(28595, '\u0400', '\u045F', CommonCyrillic), new(866, '\u0400', '\u045F', CommonCyrillic),
        new(1253, '\u0370', '\u03FF', CommonGreek), new(28597, '\u0370', '\u03FF', CommonGreek),
        new(1255, '\u05D0', '\u05EA', CommonHebrew), new(1256, '\u0600', '\u06FF', CommonArabic), new(28596, '\u0600', '\u06FF', CommonArabic),
        new(874, '\u0E00', '\u0E5B', "านรอกเงมยลวดท่้"),
    ];

    public static CharsetDetector.Found Detect(ReadOnlySpan<byte> bytes)
    {
        int high = 0, letters = 0, joined = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (char.IsAsciiLetter((char)bytes[i])) letters++;
            if (bytes[i] < 0x80) continue;
            high++;
            if (i > 0 && bytes[i - 1] >= 0x80) joined++;
        }
        var western = new CharsetDetector.Found(Charset.Windows1252, 0.3);
        // Two of three high bytes stand beside another one in any script that is not Latin.
        if (high < 4 || joined * 5 < high * 2 || high * 3 < letters) return western;

        var best = western;
        foreach (var candidate in Candidates)
        {
            var score = Score(bytes, candidate);
            if (score > best.Confidence) best = new(candidate.CodePage, score);
        }
        return best;
    }

    /// <summary>
    /// The code page of a script whose words are made of high bytes altogether, where the label says Latin; null where the bytes may be Latin.
    /// Short samples and strings of umlauts are left to the label: many different letters in several long runs have to speak against it.
    /// </summary>
    public static int? Contradicts(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8192) bytes = bytes[..8192];
        Span<bool> seen = stackalloc bool[128];
        int run = 0, runs = 0, inRuns = 0, high = 0, letters = 0, different = 0;
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetter((char)b)) letters++;
            if (b < 0x80)
            {
                run = 0;
                continue;
            }
            high++;
            run++;
            if (run == 3) (runs, inRuns) = (runs + 1, inRuns + 3);
            else if (run > 3) inRuns++;
            if (!seen[b - 0x80]) different++;
            seen[b - 0x80] = true;
        }
        if (different < 10 || runs < 3 || inRuns * 3 < high * 2 || letters > high) return null;
        return Detect(bytes) is { CodePage: not Charset.Windows1252, Confidence: >= 0.75 } found ? found.CodePage : null;
    }

    private static double Score(ReadOnlySpan<byte> bytes, Candidate candidate)
    {
        if (Charset.For(candidate.CodePage) is not { } encoding) return 0;
        var text = encoding.GetString(bytes);
        double score = 0;
        var counted = 0;
        var previous = ' ';
        foreach (var c in text)
        {
            if (c >= 0x80)
            {
                counted++;
                if (candidate.Common.Contains(c)) score += 1.2;
                else if (c >= candidate.First && c <= candidate.Last) score += 0.4;
                else if (c is '\u00A0' or '«' or '»' or '\u2013' or '\u2014' or '\u201C' or '\u201D' or '№') score += 0.2;
                else score -= 1;
                // A capital in the middle of a word is the mark of the wrong Cyrillic table.
                if (char.IsUpper(c) && char.IsLower(previous)) score -= 1;
            }
            previous = c;
        }
        return counted == 0 ? 0 : score / counted;
    }
}
