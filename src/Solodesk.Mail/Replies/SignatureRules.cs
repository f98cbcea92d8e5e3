namespace Solodesk.Mail.Replies;

/// <summary>Finds the signature in each stretch of written lines.</summary>
internal static class SignatureRules
{
    // RFC 3676 §4.3 gives the delimiter; McQuary's limit is four lines, people write more.
    private const int LongestAfterDelimiter = 24;
    private const int LongestAfterDashes = 12;
    private const int LongestSignatureLine = 140;

    /// <summary>Marks signature lines; true if there were any.</summary>
    public static bool Apply(List<BodyLine> lines)
    {
        var changed = false;
        for (var i = 0; i < lines.Count;)
        {
            var end = i;
            while (end < lines.Count && (lines[end].IsBlank || lines[end].Kind == ReplySpanKind.Written))
            {
                end++;
            }

            if (end > i)
            {
                changed |= ApplyTo(lines, i, end);
            }

            i = Math.Max(end, i + 1);
        }

        return changed;
    }

    private static bool ApplyTo(List<BodyLine> lines, int from, int to)
    {
        var delimiter = Delimiter(lines, from, to);
        var changed = delimiter < to && Mark(lines, delimiter, to);
        to = TrimBlank(lines, from, delimiter);
        for (var i = from; i < to; i++)
        {
            changed |= IsAppLine(lines, i, from, to) && Mark(lines, i, i + 1);
        }

        while (true)
        {
            to = TrimSignature(lines, from, to);
            var start = TailBlocks.StartOfLast(lines, from, to);
            if (start >= to)
            {
                return changed;
            }

            changed |= Mark(lines, start, to);
            to = start;
        }
    }

    private static bool Mark(List<BodyLine> lines, int from, int to)
    {
        var any = false;
        for (var i = from; i < to; i++)
        {
            if (!lines[i].IsBlank)
            {
                lines[i].Kind = ReplySpanKind.Signature;
                any = true;
            }
        }

        return any;
    }

    private static int TrimBlank(List<BodyLine> lines, int from, int to)
    {
        while (to > from && lines[to - 1].IsBlank)
        {
            to--;
        }

        return to;
    }

    private static int TrimSignature(List<BodyLine> lines, int from, int to)
    {
        while (to > from && (lines[to - 1].IsBlank || lines[to - 1].Kind == ReplySpanKind.Signature))
        {
            to--;
        }

        return to;
    }

    private static int Delimiter(List<BodyLine> lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var limit = LimitAfter(lines, i, to);
            if (limit > 0 && IsShortBlock(lines, i + 1, to, limit) && (lines[i].Raw is "-- " || ReadsAsSignature(lines, i + 1, to, lines[i].Flat is "--")))
            {
                return i;
            }
        }

        return to;
    }

    // How many lines may follow for this line to be a delimiter; 0 if it is none.
    private static int LimitAfter(List<BodyLine> lines, int at, int to)
    {
        var line = lines[at];
        if (!line.IsOpen || line.Flat.Length > 80)
        {
            return 0;
        }

        return line.Flat switch
        {
            "--" => line.Raw is "-- " ? LongestAfterDelimiter : LongestAfterDashes,
            "—" or "——" or "---" or "----" or "–" or "－－" or "__" or "___" or "____" => LongestAfterDashes / 2,
            _ when line.Flat.Length >= 20 && line.Flat.AsSpan().TrimEnd('_').IsEmpty => at + 1 < to && NamesList(lines[at + 1].Flat) ? LongestAfterDashes : 0,
            _ => 0,
        };
    }

    private static bool NamesList(string flat) =>
        flat.Contains("mailing list", StringComparison.OrdinalIgnoreCase) || flat.Contains("邮件列表", StringComparison.Ordinal);

    // Only RFC 3676's own delimiter is beyond doubt; people also draw dashes between paragraphs.
    private static bool ReadsAsSignature(List<BodyLine> lines, int from, int to, bool lenient)
    {
        var first = QuoteHeader.NextNonBlank(lines, from);
        if (first >= to)
        {
            return lenient;
        }

        if (AppLines.Is(lines[first].Flat))
        {
            return true;
        }

        if (lenient)
        {
            return Words.Count(lines[first].Flat) <= 10 || !ContactBlocks.IsSentence(lines[first].Flat);
        }

        for (var i = first; i < to; i++)
        {
            if (!lines[i].IsBlank && ContactBlocks.IsSentence(lines[i].Flat) && !TailBlocks.IsDisclaimerStart(lines[i].Flat))
            {
                return false;
            }
        }

        return ContactBlocks.IsName(lines[first].Flat) || ContactBlocks.IsContact(lines[first].Flat);
    }

    private static bool IsShortBlock(List<BodyLine> lines, int from, int to, int limit)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            if (lines[i].IsBlank)
            {
                continue;
            }

            if (++count > limit || (limit < LongestAfterDelimiter && lines[i].Flat.Length > LongestSignatureLine && !TailBlocks.IsDisclaimerStart(lines[i].Flat)))
            {
                return false;
            }
        }

        return true;
    }

    // An app's line stands alone: nothing right above it, or it ends the text.
    private static bool IsAppLine(List<BodyLine> lines, int at, int from, int to)
    {
        var line = lines[at];
        if (!line.IsOpen || !AppLines.Is(line.Flat))
        {
            return false;
        }

        var aboveIsFree = at == from || lines[at - 1].IsBlank || lines[at - 1].Kind == ReplySpanKind.Signature;
        var belowIsFree = at + 1 >= to || lines[at + 1].IsBlank || AppLines.Is(lines[at + 1].Flat);
        return aboveIsFree ? belowIsFree || Words.Count(line.Flat) <= 6 : at + 1 >= to || (belowIsFree && Words.Count(line.Flat) <= 6);
    }
}
