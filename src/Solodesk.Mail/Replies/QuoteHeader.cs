namespace Solodesk.Mail.Replies;

/// <summary>The lines that introduce a quote or a forwarded message.</summary>
/// <param name="Lines">How many lines it takes.</param>
/// <param name="IsForward">Whether it says that a message was passed on.</param>
/// <param name="IsBlock">Whether it is a separator or a block of header fields, not a sentence.</param>
internal sealed record QuoteHeader(int Lines, bool IsForward, bool IsBlock)
{
    /// <summary>The header that starts at a line, or null.</summary>
    public static QuoteHeader? At(List<BodyLine> lines, int at)
    {
        if (!lines[at].IsOpen)
        {
            return null;
        }

        return Separated(lines, at)
            ?? (HeaderBlock.LengthAt(lines, at, certain: false) is > 0 and var block ? new QuoteHeader(block, false, true) : null)
            ?? (Attribution.LengthAt(lines, at) is > 0 and var length ? new QuoteHeader(length, false, false) : null);
    }

    public static int NextNonBlank(List<BodyLine> lines, int from)
    {
        while (from < lines.Count && lines[from].IsBlank)
        {
            from++;
        }

        return from;
    }

    private static QuoteHeader? Separated(List<BodyLine> lines, int at)
    {
        var separator = SeparatorLine.Read(lines[at].Flat);
        var next = NextNonBlank(lines, at + 1);
        if (separator is SeparatorKind.None)
        {
            return next < lines.Count && next - at <= 3 && lines[next].IsOpen && SeparatorLine.IsBarePhrase(lines[at].Flat)
                && HeaderBlock.LengthAt(lines, next, certain: false) is > 0 and var below ? new QuoteHeader(next - at + below, false, true) : null;
        }

        var block = next < lines.Count && lines[next].IsOpen ? HeaderBlock.LengthAt(lines, next, certain: true) : 0;
        if (separator is SeparatorKind.Rule)
        {
            // A rule alone means nothing: people draw lines, too.
            return block > 0 && next - at <= 2 ? new QuoteHeader(next - at + block, false, true) : null;
        }

        return new QuoteHeader(block > 0 ? next - at + block : 1, separator is SeparatorKind.Forward, true);
    }
}
