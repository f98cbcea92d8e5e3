using System.Security.Cryptography;
using System.Text;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Meaning;

/// <summary>Cuts an article into what is embedded: its questions with the beginning of the answer, then the rest in pieces under its title.</summary>
internal static class Passages
{
    private const int Longest = 1500;
    private const int Most = 8;

    public static IReadOnlyList<string> Of(ArticleCard card)
    {
        var passages = new List<string>();
        var text = new StringBuilder(string.Join('\n', card.Wordings.Select(w => w.Text).Distinct()));
        foreach (var line in card.Plain.Split('\n'))
        {
            if (text.Length > 0 && text.Length + line.Length > Longest)
            {
                passages.Add(Cut(text.ToString()));
                text.Clear().Append(card.Title);
                if (passages.Count == Most)
                {
                    return passages;
                }
            }

            text.Append('\n').Append(line);
        }

        passages.Add(Cut(text.ToString()));
        return passages;
    }

    public static string HashOf(string passage) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(passage)));

    private static string Cut(string text) => text.Length <= 2 * Longest ? text : text[..(2 * Longest)];
}
