namespace Solodesk.Mail.Replies;

/// <summary>Recognises a block of header fields: "From: … / Sent: … / To: … / Subject: …" in any of the languages.</summary>
internal static class HeaderBlock
{
    private const int MostLines = 24;

    private ref struct Found
    {
        public bool From;
        public bool Sent;
        public bool Date;
        public bool To;
        public bool Subject;
        public bool Other;
        public bool Address;
        public bool FullDate;

        public readonly int Distinct => Count(From) + Count(Sent) + Count(Date) + Count(To) + Count(Subject) + Count(Other);

        private static int Count(bool seen) => seen ? 1 : 0;
    }

    /// <summary>How many lines the block takes that starts at a line; 0 if none does.</summary>
    /// <param name="lines">The body.</param>
    /// <param name="at">The first line of the block.</param>
    /// <param name="certain">Whether a separator above it already says that a quote begins.</param>
    public static int LengthAt(List<BodyLine> lines, int at, bool certain)
    {
        if (Label(lines[at].Flat, out _) is HeaderField.None)
        {
            return 0;
        }

        var found = default(Found);
        var (end, folded) = (at, 0);
        for (var i = at; i < lines.Count && i - at < MostLines; i++)
        {
            var line = lines[i];
            if (line.IsBlank)
            {
                // Some programs set every field as a paragraph of its own.
                if (i + 1 < lines.Count && lines[i + 1].IsOpen && Label(lines[i + 1].Flat, out _) is not HeaderField.None)
                {
                    continue;
                }

                break;
            }

            if (!line.IsOpen)
            {
                break;
            }

            if (Label(line.Flat, out var value) is var field and not HeaderField.None)
            {
                Note(ref found, field, line.Flat, value);
                (end, folded) = (i + 1, 0);
            }
            else if (i > at && !lines[i - 1].IsBlank && folded < 6 && IsFoldedValue(line, found))
            {
                found.Address |= line.Flat.Contains('@', StringComparison.Ordinal);
                (end, folded) = (i + 1, folded + 1);
            }
            else
            {
                break;
            }
        }

        return IsHeader(found, certain) ? end - at : 0;
    }

    private static void Note(ref Found found, HeaderField field, string line, ReadOnlySpan<char> value)
    {
        found.From |= field is HeaderField.From;
        found.Sent |= field is HeaderField.Sent;
        found.Date |= field is HeaderField.Date;
        found.To |= field is HeaderField.To;
        found.FullDate |= field is HeaderField.Date or HeaderField.Sent && DateEvidence.Of(value) >= 3;
        found.Subject |= field is HeaderField.Subject;
        found.Other |= field is HeaderField.Cc or HeaderField.Other;
        found.Address |= field is HeaderField.From or HeaderField.To or HeaderField.Cc && value.Contains('@');
        if (field is HeaderField.From)
        {
            NoteRestOfLine(ref found, line);
        }
    }

    // HTML turned into text may run the whole block together on one line.
    private static void NoteRestOfLine(ref Found found, string line)
    {
        var start = line.AsSpan().IndexOfAny(':', '：');
        for (var colon = start + 1; start > 0 && colon < line.Length; colon++)
        {
            if (line[colon] is not (':' or '：'))
            {
                continue;
            }

            var word = line.AsSpan(0, colon).TrimEnd().LastIndexOfAny(' ', '|', '*');
            switch (word > start ? HeaderLabels.Of(line.AsSpan(word + 1, colon - word - 1)) : HeaderField.None)
            {
                case HeaderField.Sent: found.Sent = true; break;
                case HeaderField.Date: found.Date = true; break;
                case HeaderField.To: found.To = true; break;
                case HeaderField.Subject: found.Subject = true; break;
                case HeaderField.None or HeaderField.From or HeaderField.Cc or HeaderField.Other: break;
            }
        }
    }

    // "From / To / Date" is also how people ask for a flight and couriers label a parcel: a block must show that it is mail's.
    private static bool IsHeader(in Found found, bool certain)
    {
        if (certain)
        {
            return found.Distinct >= 1;
        }

        if (!found.From)
        {
            return found.To && ((found.FullDate && found.Address) || (found.Sent && found.Subject));
        }

        var mail = found.Subject || found.Sent || found.Address;
        return mail && (found.Distinct >= 3 || (found.Distinct == 2 && (found.Address || found.Sent)));
    }

    private static bool IsFoldedValue(BodyLine line, in Found found)
    {
        var flat = line.Flat;
        return flat.Length < 300 && found.Distinct > 0
            && (flat.Contains('@', StringComparison.Ordinal) || flat[^1] is ';' or '；' or '>' || line.Raw[0] is ' ' or '\t' or '\u3000')
            && (flat[^1] is not ('.' or '。' or '!' or '！' or '?' or '？'));
    }

    /// <summary>The header field that a line gives, and its value.</summary>
    private static HeaderField Label(string flat, out ReadOnlySpan<char> value)
    {
        var line = flat.AsSpan().TrimStart("|*_-·•<> ");
        value = default;
        var colon = line.IndexOfAny(':', '：', '|');
        if (colon is > 0 and <= HeaderLabels.Longest)
        {
            value = line[(colon + 1)..].Trim(" |*:：");
            return HeaderLabels.Of(line[..colon]);
        }

        // NetEase shows a table: the label, a gap and the value.
        var gap = line.IndexOf(' ');
        if (gap is > 1 and < 6 && Words.IsIdeograph(line[0]))
        {
            value = line[gap..].Trim();
            return HeaderLabels.Of(line[..gap]);
        }

        return HeaderField.None;
    }
}
