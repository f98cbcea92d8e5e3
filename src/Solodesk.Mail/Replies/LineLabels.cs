namespace Solodesk.Mail.Replies;

/// <summary>Decides for every line what it is.</summary>
internal static class LineLabels
{
    // Taking a quote away may bring two halves of a header together; a few rounds settle any body that people write.
    private const int MostRounds = 8;

    public static void Put(List<BodyLine> lines)
    {
        SplitRunTogether(lines);
        IReadOnlyList<BodyLine> reading = lines;
        for (var round = 0; round < MostRounds; round++)
        {
            if (!PutOnce(reading is List<BodyLine> list ? list : [.. reading]))
            {
                return;
            }

            reading = [.. WrittenText.Reading(lines).Select(line => line ?? new BodyLine(0, 0, ""))];
        }
    }

    // "Thanks! On Tue, 5 Mar 2024 at 14:12, Ann <ann@example.com> wrote:" is two lines that lost their break.
    private static void SplitRunTogether(List<BodyLine> lines)
    {
        List<BodyLine>? split = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var within = line.IsOpen ? Attribution.StartWithin(line.Flat) : -1;
            var at = within < 0 ? -1 : line.Raw.LastIndexOf(line.Flat[within..Math.Min(within + 24, line.Flat.Length)], StringComparison.Ordinal);
            if (at > 0)
            {
                split ??= lines[..i];
                split.Add(new BodyLine(line.Start, at, line.Raw[..at]));
                split.Add(new BodyLine(line.Start + at, line.Length - at, line.Raw[at..]));
            }
            else
            {
                split?.Add(line);
            }
        }

        if (split is not null)
        {
            lines.Clear();
            lines.AddRange(split);
        }
    }

    private static bool PutOnce(List<BodyLine> lines)
    {
        var changed = LabelQuotes(lines);
        return SignatureRules.Apply(lines) || changed;
    }

    private static bool LabelQuotes(List<BodyLine> lines)
    {
        var changed = false;
        RememberLoneMark(lines);
        ForgetLoneMark(lines);
        var (read, written) = (0, false);
        for (var i = 0; i < lines.Count;)
        {
            var line = lines[i];
            for (; read < i && !written; read++)
            {
                written = !lines[read].IsBlank && lines[read].Kind == ReplySpanKind.Written;
            }

            if (line.Forced is { } forced)
            {
                changed |= !line.IsBlank && forced != ReplySpanKind.Written;
                i++;
            }
            else if (line.Depth > 0)
            {
                line.Kind = ReplySpanKind.Quote;
                changed = true;
                i++;
            }
            else if (QuoteHeader.At(lines, i) is { } header)
            {
                changed = true;
                i = Label(lines, i, header, written);
            }
            else
            {
                i++;
            }
        }

        return BrokenWraps.Mend(lines) || changed;
    }

    // One marked line in the middle of a paragraph, with nothing else quoted, is decoration or a comparison.
    private static void ForgetLoneMark(List<BodyLine> lines)
    {
        var only = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsQuoted || lines[i].Forced is not null)
            {
                if (only >= 0)
                {
                    return;
                }

                only = i;
            }
        }

        if (only >= 0 && lines[only].Depth > 0 && IsInsideParagraph(lines, only))
        {
            lines[only].ForgetMarks();
            lines[only].IsLone = true;
        }
    }

    private static void RememberLoneMark(List<BodyLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsLone && !IsInsideParagraph(lines, i))
            {
                lines[i].RememberMarks(); // what stood around it has turned out to be no text
            }
        }
    }

    private static bool IsInsideParagraph(List<BodyLine> lines, int at) =>
        at > 0 && at + 1 < lines.Count && lines[at - 1].IsOpen && lines[at + 1].IsOpen && lines[at - 1].Flat[^1] is not (':' or '：');

    private static int Label(List<BodyLine> lines, int at, QuoteHeader header, bool anythingAbove)
    {
        var end = at + header.Lines;
        var body = QuoteHeader.NextNonBlank(lines, end);
        var forwarded = header.IsForward || (header.IsBlock && !anythingAbove && !IsAnsweredBelow(lines, body));
        if (!forwarded && body < lines.Count && lines[body].IsQuoted)
        {
            Fill(lines, at, end, ReplySpanKind.QuoteHeader);
            return end;
        }

        Fill(lines, at, end, forwarded ? ReplySpanKind.Forwarded : ReplySpanKind.QuoteHeader);
        Fill(lines, end, lines.Count, forwarded ? ReplySpanKind.Forwarded : ReplySpanKind.Quote);
        return lines.Count;
    }

    // A block at the very top is a forwarded mail's, unless what follows it is marked as a quote and ends before the body does.
    private static bool IsAnsweredBelow(List<BodyLine> lines, int at)
    {
        if (at >= lines.Count || lines[at].Depth == 0)
        {
            return false;
        }

        while (at < lines.Count && (lines[at].IsBlank || lines[at].Depth > 0))
        {
            at++;
        }

        return at < lines.Count && lines[at].IsOpen && QuoteHeader.At(lines, at) is null;
    }

    private static void Fill(List<BodyLine> lines, int from, int to, ReplySpanKind kind)
    {
        for (var i = from; i < to; i++)
        {
            lines[i].Kind = lines[i].Forced ?? kind;
        }
    }
}
