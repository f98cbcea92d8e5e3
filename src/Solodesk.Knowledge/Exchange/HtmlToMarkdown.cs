using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Solodesk.Knowledge.Exchange;

/// <summary>The HTML of other help centres as Markdown.</summary>
internal static class HtmlToMarkdown
{
    /// <summary>HTML becomes Markdown; what is no HTML stays as it is.</summary>
    public static string Of(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains("</", StringComparison.Ordinal) && !trimmed.Contains("<br", StringComparison.OrdinalIgnoreCase))
        {
            return trimmed.ReplaceLineEndings("\n");
        }

        var markdown = new StringBuilder();
        Write(new HtmlParser().ParseDocument(trimmed).Body!, markdown, "");
        var lines = markdown.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd());
        var compact = new StringBuilder();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (empty < 2)
            {
                compact.Append(line).Append('\n');
            }
        }

        return compact.ToString().Trim();
    }

    private static void Write(INode node, StringBuilder text, string mark)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                AddWords(text, words.Data);
                continue;
            }

            if (child is not IElement element)
            {
                continue;
            }

            switch (element.LocalName)
            {
                case "script" or "style" or "head" or "iframe":
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "h1" or "h2" or "h3" or "h4":
                    text.Append("\n\n").Append(element.LocalName is "h1" or "h2" ? "## " : "### ").Append(element.TextContent.Trim()).Append("\n\n");
                    break;
                case "b" or "strong":
                    text.Append("**").Append(element.TextContent.Trim()).Append("**");
                    break;
                case "i" or "em":
                    text.Append('*').Append(element.TextContent.Trim()).Append('*');
                    break;
                case "code":
                    text.Append('`').Append(element.TextContent).Append('`');
                    break;
                case "pre":
                    text.Append("\n\n```\n").Append(element.TextContent.Trim('\n')).Append("\n```\n\n");
                    break;
                case "a" when element.GetAttribute("href") is { Length: > 0 } href:
                    text.Append('[').Append(element.TextContent.Trim()).Append("](").Append(href).Append(')');
                    break;
                case "img" when element.GetAttribute("src") is { Length: > 0 } src:
                    text.Append("![").Append(element.GetAttribute("alt")).Append("](").Append(src).Append(')');
                    break;
                case "ul" or "ol":
                    text.Append("\n\n");
                    var number = 1;
                    foreach (var item in element.Children.Where(c => c.LocalName == "li"))
                    {
                        text.Append(mark).Append(element.LocalName == "ol" ? $"{number++}. " : "- ");
                        Write(item, text, mark + "   ");
                        text.Append('\n');
                    }

                    text.Append('\n');
                    break;
                case "p" or "div" or "section" or "blockquote" or "table" or "tr":
                    text.Append("\n\n").Append(element.LocalName == "blockquote" ? "> " : "");
                    Write(element, text, mark);
                    text.Append("\n\n");
                    break;
                case "td" or "th":
                    Write(element, text, mark);
                    text.Append(" · ");
                    break;
                default:
                    Write(element, text, mark);
                    break;
            }
        }
    }

    // White space of HTML says no more than one blank, and none at the beginning of a line.
    private static void AddWords(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            {
                text.Append(' ');
            }
        }
    }
}
