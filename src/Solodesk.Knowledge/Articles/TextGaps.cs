namespace Solodesk.Knowledge.Articles;

/// <summary>Places of a prepared text that wait to be filled in, such as <c>【填写：几天】</c> or <c>[fill in: how many days]</c>.</summary>
internal static class TextGaps
{
    private static readonly (string Opening, char Closing)[] Kinds = [("【填写：", '】'), ("[fill in:", ']')];

    /// <summary>The first of them; null when there is none.</summary>
    public static string? First(string text)
    {
        foreach (var (opening, closing) in Kinds)
        {
            if (text.IndexOf(opening, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                var end = text.IndexOf(closing, at);
                return end < 0 || end - at > 80 ? opening : text[at..(end + 1)];
            }
        }

        return null;
    }
}
