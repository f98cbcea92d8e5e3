using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Solodesk.Files;

/// <summary>
/// The sanitised HTML of a mail as a page of its own: images of the mail point to our files, remote ones wait for a permission, links
/// open in a new window.
/// </summary>
internal static class MessageHtml
{
    private const string Style = "html{background:#fff;color:#1b1a18;color-scheme:light}body{margin:12px;font:14px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}"
        + "img,table{max-width:100%}img{height:auto}pre{white-space:pre-wrap}"
        + ".desk-blocked{font:12px/18px system-ui,sans-serif;background:#fcf2de;color:#855000;padding:6px 10px;border-radius:6px;margin:0 0 12px}.desk-blocked a{color:#2748b5}";

    /// <param name="html">Already sanitised.</param>
    /// <param name="fileOf">The address of the mail's own part with a Content-ID.</param>
    /// <param name="remote">Whether images may come from elsewhere.</param>
    /// <param name="blocked">Says that images were blocked, and how the link that allows them is called.</param>
    public static string Page(string html, Func<string, string?> fileOf, bool remote, (string Says, string Allow) blocked)
    {
        var document = new HtmlParser().ParseDocument(html);
        foreach (var dangerous in document.QuerySelectorAll("script,iframe,object,embed,form,base,meta,link").ToList())
        {
            dangerous.Remove(); // The sanitiser took them; the policy of the page forbids them; a third look costs nothing.
        }

        var held = false;
        foreach (var image in document.QuerySelectorAll("img").ToList())
        {
            image.RemoveAttribute("srcset");
            var source = image.GetAttribute("src") ?? "";
            if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            {
                Point(image, fileOf(source[4..]));
            }
            else if (!source.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && !remote)
            {
                held = true;
                Point(image, null);
            }
        }

        var head = document.Head!;
        head.InnerHtml = $"<meta charset=\"utf-8\"><base target=\"_blank\"><title></title><style>{Style}</style>" + string.Concat(head.QuerySelectorAll("style").Select(s => s.OuterHtml));
        if (held)
        {
            var note = document.CreateElement("p");
            note.ClassName = "desk-blocked";
            var allow = document.CreateElement("a");
            allow.SetAttribute("href", "?images=1");
            allow.SetAttribute("target", "_self");
            allow.TextContent = blocked.Allow;
            note.Append(document.CreateTextNode(blocked.Says + " "), allow);
            document.Body!.Prepend(note);
        }

        return "<!DOCTYPE html>" + document.DocumentElement.OuterHtml;
    }

    private static void Point(IElement image, string? address)
    {
        if (address is null)
        {
            image.RemoveAttribute("src");
        }
        else
        {
            image.SetAttribute("src", address);
        }
    }
}
