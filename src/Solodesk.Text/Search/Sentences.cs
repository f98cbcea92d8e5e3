namespace Solodesk.Text.Search;

/// <summary>Where the sentences of a text are.</summary>
public static class Sentences
{
    private const int Longest = 400;

    /// <summary>
    /// The sentences of <paramref name="text"/>, in order, without white space around them. A full stop ends a sentence only before a space
    /// or a CJK character (so that 3.5 and example.com stay whole); line breaks always do; nothing longer than 400 characters comes out.
    /// </summary>
    public static IReadOnlyList<Range> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Ends(text, i) || i - start >= Longest)
            {
                Add(found, text, start, i + 1);
                start = i + 1;
            }
        }

        Add(found, text, start, text.Length);
        return found;
    }

    private static bool Ends(string text, int i) => text[i] switch
    {
        '。' or '！' or '？' or '；' or '\n' or '\r' => true,
        '.' or '!' or '?' or ';' => i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]) || text[i + 1] > 0x2E7F,
        _ => false,
    };

    private static void Add(List<Range> found, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            found.Add(start..end);
        }
    }
}
