using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Solodesk.Mail.Tests.Hostile;

/// <summary>
/// Reads HTML as a browser does (with and without scripts, and once more as it would be written out again) and says what in it could run, load
/// or lead where it must not.
/// </summary>
internal static class Harmless
{
    private static readonly HashSet<string> Running = new(StringComparer.Ordinal)
    {
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "math", "foreignobject", "animate", "animatetransform", "animatemotion", "set", "handler", "discard", "portal", "fencedframe",
        "noscript", "template", "plaintext", "xmp", "noembed", "noframes", "listing", "layer", "bgsound", "marquee", "isindex", "keygen", "audio", "video", "source", "track", "param", "image", "map", "area", "slot",
    };

    /// <summary>What no stranger's words may bring, but our own pages are made of.</summary>
    private static readonly HashSet<string> OursOnly = new(StringComparer.Ordinal)
    {
        "form", "input", "button", "select", "option", "textarea", "style", "link", "meta", "title", "head", "svg", "use", "path", "dialog", "label", "output", "fieldset",
    };

    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "src", "action", "formaction", "data", "cite", "background", "poster", "longdesc", "dynsrc", "lowsrc", "codebase", "classid", "manifest", "ping", "profile", "usemap", "xlink:href", "icon", "archive", "code",
    };

    private static readonly string[] Grabbing = ["name", "autofocus", "popover", "popovertarget", "contenteditable", "form", "tabindex", "accesskey"];

    /// <summary>Names that would stand before something of the document or of ours.</summary>
    private static readonly HashSet<string> Clobbering = new(StringComparer.OrdinalIgnoreCase)
    {
        "attributes", "childNodes", "firstChild", "cookie", "currentScript", "documentElement", "defaultView", "getElementById", "createElement", "parentNode", "nodeName", "innerHTML", "querySelector", "Solodesk", "solodeskUser", "htmx", "location",
    };

    /// <summary>A piece that stands in a page of ours: nothing but text, its layout, links and pictures.</summary>
    public static IReadOnlyList<string> FindingsInPiece(string html, Func<IElement, bool>? ours = null)
        => [.. Readings($"<!DOCTYPE html><html><body><div id=\"piece\">{html}</div></body></html>").SelectMany(d => Piece(d, ours ?? (_ => false))).Distinct()];

    /// <summary>A whole page of ours.</summary>
    public static IReadOnlyList<string> FindingsInPage(string html) => [.. Readings(html).SelectMany(d => d.All.SelectMany(Page)).Distinct()];

    private static IEnumerable<IDocument> Readings(string html)
    {
        foreach (var scripting in (bool[])[true, false])
        {
            var document = new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument(html);
            yield return document;
            yield return new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument(document.DocumentElement.OuterHtml);
        }
    }

    private static IEnumerable<string> Piece(IDocument document, Func<IElement, bool> ours)
    {
        var place = document.GetElementById("piece");
        if (place is null || place.ParentElement != document.Body || document.Body!.Children.Length != 1)
        {
            yield return "it leaves the place where it stands";
        }

        foreach (var element in document.All.Where(e => e != place && e != document.Body && e != document.Head && e != document.DocumentElement && !ours(e)))
        {
            if (OursOnly.Contains(element.LocalName))
            {
                yield return $"<{element.LocalName}>";
            }

            if (element.Id is { Length: > 0 } id && !(element.LocalName.StartsWith('h') && id.Length > 1 && id[0] == 's' && id.AsSpan(1).ToString().All(char.IsAsciiDigit)))
            {
                yield return $"<{element.LocalName} id={id}>";
            }

            foreach (var name in Grabbing.Where(element.HasAttribute))
            {
                yield return $"<{element.LocalName} {name}={element.GetAttribute(name)}>";
            }

            if (element.Attributes.Any(a => a.Name.StartsWith("hx-", StringComparison.OrdinalIgnoreCase) || a.Name.StartsWith("data-hx", StringComparison.OrdinalIgnoreCase) || a.Name is "data-live" or "data-key"))
            {
                yield return $"<{element.LocalName}> speaks to htmx or to our own scripts";
            }

            foreach (var finding in Any(element))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<string> Page(IElement element)
    {
        if (Clobbering.Contains(element.Id ?? "") || Clobbering.Contains(element.GetAttribute("name") ?? ""))
        {
            yield return $"<{element.LocalName} id={element.Id} name={element.GetAttribute("name")}> stands before something of the document's";
        }

        switch (element.LocalName)
        {
            case "script" when element.GetAttribute("src") is { } src && !src.Contains(':', StringComparison.Ordinal) && !src.Contains('\\', StringComparison.Ordinal) && !src.StartsWith("//", StringComparison.Ordinal) && element.TextContent.Length == 0:
            case "script" when element.GetAttribute("type") == "application/ld+json" && IsJson(element.TextContent):
            case "base" when element.GetAttribute("href") is null or "/":
            case "iframe" when element.GetAttribute("src")?.StartsWith("/messages/", StringComparison.Ordinal) == true && element.GetAttribute("sandbox")?.Contains("allow-scripts", StringComparison.Ordinal) == false:
                break;
            case "noscript" when element.QuerySelector("script,style,iframe,img") is null && !element.TextContent.Contains("alert(", StringComparison.Ordinal):
                break;
            case "style" when !IsHarmlessStyle(element.TextContent):
                yield return $"<style>{element.TextContent}";
                break;
            case "meta" when element.GetAttribute("http-equiv") is { } header:
                yield return $"<meta http-equiv={header}>";
                break;
            default:
                foreach (var finding in Any(element))
                {
                    yield return finding;
                }

                break;
        }
    }

    private static IEnumerable<string> Any(IElement element)
    {
        if (Running.Contains(element.LocalName.ToLowerInvariant()) || (element.LocalName.Contains(':', StringComparison.Ordinal) && element.LocalName.EndsWith("script", StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"<{element.LocalName}>";
        }

        foreach (var attribute in element.Attributes)
        {
            var (name, value) = (attribute.Name.ToLowerInvariant(), attribute.Value);
            if (name.StartsWith("on", StringComparison.Ordinal) || name.Contains("hx-on", StringComparison.Ordinal) || name is "srcdoc" or "http-equiv" or "is")
            {
                yield return $"<{element.LocalName} {name}>";
            }
            else if (name == "style" && !IsHarmlessStyle(value))
            {
                yield return $"<{element.LocalName} style=\"{value}\">";
            }
            else if (Leading.Contains(name) && !LeadsWhereItMay(element.LocalName, name, value))
            {
                yield return $"<{element.LocalName} {name}=\"{value}\">";
            }
            else if (name == "srcset")
            {
                yield return $"<{element.LocalName} srcset>";
            }
        }
    }

    /// <summary>The scheme as a browser reads it: leading blanks and controls do not count, tabs and line ends nowhere.</summary>
    public static bool LeadsWhereItMay(string element, string name, string value)
    {
        var address = string.Concat(value.TrimStart([.. Enumerable.Range(0, 33).Select(c => (char)c)]).Where(c => c is not ('\t' or '\n' or '\r')));
        var end = address.IndexOfAny([':', '/', '?', '#', '\\']);
        if (end < 0 || address[end] != ':')
        {
            // Somebody else's server by way of ours ("//", "/\") is no script, but it is not what was written either.
            return !(address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("/\\", StringComparison.Ordinal) || address.StartsWith('\\'));
        }

        return address[..end].ToLowerInvariant() switch
        {
            "http" or "https" => true,
            "mailto" or "tel" or "sms" or "ftp" or "weixin" => element == "a",
            "cid" => element == "img" && name == "src",
            "data" => element == "img" && name == "src" && new[] { "png", "jpeg", "jpg", "gif", "webp", "bmp" }.Any(t => address.StartsWith($"data:image/{t};base64,", StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }

    private static bool IsHarmlessStyle(string css)
    {
        var plain = css.ToLowerInvariant();
        return !new[] { "expression", "javascript", "vbscript", "@import", "url(", "behavior", "-moz-binding", "image-set", "\\", "/*", "position:fixed", "</", "<" }.Any(plain.Contains);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
