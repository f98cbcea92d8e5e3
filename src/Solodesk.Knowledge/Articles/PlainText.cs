using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Solodesk.Knowledge.Articles;

/// <summary>The words of an article without its markup, in sections.</summary>
public static class PlainText
{
    /// <summary>Before what belongs to the step above it.</summary>
    private const string Within = "   ";

    /// <summary>One section: what stands under a heading (or before the first one).</summary>
    /// <param name="Heading">Empty for the beginning.</param>
    /// <param name="Lines">Paragraphs and list items in order.</param>
    public sealed record Section(string Heading, IReadOnlyList<Line> Lines)
    {
        public string Text => string.Join('\n', Lines.Select(l => l.Text));

        /// <summary>As it is shown where Markdown is not: steps keep their numbers.</summary>
        public string Shown => PlainText.Shown(Lines);
    }

    /// <summary>One paragraph or list item, and what stands before it when it is shown.</summary>
    public sealed record Line(string Mark, string Text)
    {
        public string Shown => Mark + Text;
    }

    public static IReadOnlyList<Section> Sections(string markdown)
    {
        var sections = new List<Section>();
        var (heading, lines) = ("", new List<Line>());
        foreach (var block in ArticleMarkdown.Parse(markdown))
        {
            if (block is HeadingBlock title)
            {
                Close();
                (heading, lines) = (Of(title.Inline), []);
            }
            else
            {
                Read(block, "", lines);
            }
        }

        Close();
        return sections;

        void Close()
        {
            if (lines.Count > 0)
            {
                sections.Add(new Section(heading, lines));
            }
        }
    }

    /// <summary>Lines as they are shown. What follows the last step stands apart from it: otherwise it would read as a part of that step.</summary>
    public static string Shown(IEnumerable<Line> lines)
    {
        var text = new StringBuilder();
        var step = false;
        foreach (var line in lines)
        {
            text.Append(text.Length == 0 ? "" : step && line.Mark.Length == 0 ? "\n\n" : "\n").Append(line.Shown);
            step = line.Mark.Length > 0;
        }

        return text.ToString();
    }

    /// <summary>Everything, headings included, one line each: what is indexed.</summary>
    public static string Of(IReadOnlyList<Section> sections)
        => string.Join('\n', sections.SelectMany(s => s.Heading.Length > 0 ? [s.Heading, s.Text] : (string[])[s.Text]));

    /// <summary>The beginning, for a description.</summary>
    public static string Beginning(IReadOnlyList<Section> sections, int length)
    {
        var text = string.Join(' ', sections.SelectMany(s => s.Lines).Select(l => l.Text)).ReplaceLineEndings(" ");
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    public static string Of(ContainerInline? inline)
    {
        var text = new StringBuilder();
        Read(inline, text);
        return text.ToString().Trim();
    }

    private static void Read(Block block, string mark, List<Line> lines)
    {
        switch (block)
        {
            case ListBlock list:
                var number = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
                foreach (var item in list.OfType<ListItemBlock>())
                {
                    var before = lines.Count;
                    foreach (var child in item)
                    {
                        Read(child, lines.Count > before ? Within : list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number}. ") : "· ", lines);
                    }

                    number++;
                }

                break;
            case Table table:
                lines.AddRange(table.OfType<TableRow>().Select(row => new Line("", string.Join(" · ", row.OfType<TableCell>().Select(c => string.Join(' ', c.OfType<LeafBlock>().Select(l => Of(l.Inline))))))));
                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Read(child, mark, lines);
                }

                break;
            case CodeBlock code:
                lines.Add(new Line(mark, code.Lines.ToString().Trim()));
                break;
            case LeafBlock { Inline: { } inline }:
                var text = Of(inline);
                if (text.StartsWith("[!", StringComparison.Ordinal) && text.IndexOf(']', StringComparison.Ordinal) is > 0 and < 20 and var end)
                {
                    text = text[(end + 1)..].TrimStart();
                }

                if (text.Length > 0)
                {
                    lines.Add(new Line(mark, text));
                }

                break;
        }
    }

    private static void Read(ContainerInline? inline, StringBuilder text)
    {
        foreach (var part in inline ?? Enumerable.Empty<Inline>())
        {
            switch (part)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LinkInline { IsImage: true }:
                    break;
                case ContainerInline container:
                    Read(container, text);
                    break;
            }
        }
    }
}
