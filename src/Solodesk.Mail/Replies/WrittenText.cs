using System.Text;

namespace Solodesk.Mail.Replies;

/// <summary>Puts the written lines together.</summary>
internal static class WrittenText
{
    public static string Of(IEnumerable<BodyLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in Reading(lines))
        {
            text.Append(line?.Raw.Replace("&nbsp;", " ", StringComparison.Ordinal).TrimEnd()).Append('\n');
        }

        return Trim(text.Replace(HtmlText.Picture.ToString(), "").ToString());
    }

    // Phones leave byte order marks and zero-width spaces around what was typed.
    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsEmpty(text[start]))
        {
            start++;
        }

        while (end > start && IsEmpty(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsEmpty(char c) => char.IsWhiteSpace(c) || BodyLine.IsInvisible(c);

    /// <summary>The written lines and the blank ones between them; null where something was left out.</summary>
    public static IEnumerable<BodyLine?> Reading(IEnumerable<BodyLine> lines)
    {
        var leftOut = false;
        var lastBlank = true;
        foreach (var line in lines)
        {
            if (line.IsBlank)
            {
                if (!leftOut)
                {
                    lastBlank = true;
                    yield return line;
                }
            }
            else if (line.Kind != ReplySpanKind.Written)
            {
                leftOut = true;
            }
            else
            {
                if (leftOut && !lastBlank)
                {
                    yield return null;
                }

                leftOut = lastBlank = false;
                yield return line;
            }
        }
    }
}
