using Solodesk.Knowledge.Articles;
using Solodesk.Text.Search;

namespace Solodesk.Knowledge.Answers;

/// <summary>The part of an article that answers a question, in the article's own words.</summary>
internal static class AnswerText
{
    private const int Whole = 420;
    private const int Longest = 700;

    /// <summary>A short article whole; of a longer one the section that answers, and of a long section its answering sentences with the steps that follow.</summary>
    public static string Of(ArticleCard card, string question, Synonyms synonyms)
    {
        var all = string.Join("\n\n", card.Sections.Select(s => s.Heading.Length > 0 ? $"{s.Heading}\n{s.Shown}" : s.Shown));
        if (all.Length <= Whole || card.Sections.Count == 0)
        {
            return all;
        }

        var snippet = Snippets.Of(card.Plain, question, synonyms);
        var section = SectionOf(card.Sections, snippet.Text);
        if (section.Shown.Length <= Longest)
        {
            return section.Shown;
        }

        return Around(section, snippet.Text);
    }

    private static PlainText.Section SectionOf(IReadOnlyList<PlainText.Section> sections, string sentence)
    {
        var first = sentence.Split('\n')[0].Trim();
        return sections.FirstOrDefault(s => s.Heading == first)
            ?? sections.FirstOrDefault(s => s.Lines.Any(l => first.Length > 0 && l.Text.Contains(first, StringComparison.Ordinal)))
            ?? sections[0];
    }

    private static string Around(PlainText.Section section, string sentence)
    {
        var first = sentence.Split('\n')[0].Trim();
        var at = Math.Max(0, section.Lines.ToList().FindIndex(l => l.Text.Contains(first, StringComparison.Ordinal)));
        // A step in the middle says little without those before it.
        while (at > 0 && section.Lines[at].Mark.Length > 0)
        {
            at--;
        }

        var (lines, length) = (new List<PlainText.Line>(), 0);
        foreach (var line in section.Lines.Skip(at))
        {
            if (length > 0 && length + line.Shown.Length > Longest)
            {
                break;
            }

            lines.Add(line);
            length += line.Shown.Length + 1;
            if (length > Whole && line.Mark.Length == 0)
            {
                break;
            }
        }

        var text = PlainText.Shown(lines);
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }
}
