using System.Text;

namespace Solodesk.Knowledge.Articles;

/// <summary>Titles as the readable end of an address. Chinese stays Chinese: browsers and search engines show it as it is.</summary>
internal static class Slug
{
    private const int Longest = 60;

    public static string Of(string title)
    {
        var slug = new StringBuilder();
        foreach (var rune in title.ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                slug.Append(rune);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= Longest)
            {
                break;
            }
        }

        return slug.ToString().Trim('-');
    }
}
