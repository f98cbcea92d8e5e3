using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;

namespace Solodesk.Mail.Replies;

/// <summary>Reads the marks that mail programs leave in their HTML around quotes and signatures.</summary>
internal sealed class QuoteMarks
{
    /// <summary>What an element is, and whether all that follows it is the same.</summary>
    public readonly record struct Mark(ReplySpanKind Kind, bool ToEnd);

    private static readonly FrozenSet<string> QuoteClasses = FrozenSet.ToFrozenSet(
    [
        "gmail_quote", "gmail_quote_container", "yahoo_quoted", "ydp-yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr", "lark-mail-quote", "lark-mail-html-quote", "history-quote-wrapper", "adit-html-block--collapsed", "mailmaster-quote",
        "ntes-mailmaster-quote", "netease-reply-quote", "alimail-quote", "__aliyun_previous_quote", "aliyun-quote", "xm_compose_origin_mail_container", "moz-email-headers-table", "wetterquote", "front-blockquote", "intercom-quote", "sh-quote", "hey-quote", "freshdesk_quote",
        "zd_quote", "mail-quote", "mail_quote", "email-quote", "quoted-text", "quoted_text", "outlookquote", "msg-quote", "mailru-blockquote", "js-helper_quote", "mailrucontainer_quote", "iosymail", "cursor_quote", "x_gmail_quote", "replyquote", "reply_quote", "original-mail", "original_mail", "originalmail",
        "mobile_quote", "ymail_quote", "quote-container", "mail-editor-reference-message-container", "skiff_quote", "dingtalk-mail-quote", "ding-mail-quote", "wxmail-quote", "samsung_quote",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> QuoteIds = FrozenSet.ToFrozenSet(
    [
        "olk_src_body_section", "isreplycontent", "isforwardcontent", "reply139content", "origbody", "orimsghtmlseperator", "mail-editor-reference-message-container", "reply-intro", "yahoo_quoted", "lark-mail-quote", "zmail_extra", "divreplyblock", "originalmail", "original-content", "ntes-mailmaster-quote", "mailcontent_quote", "quoted-message", "quotedcontent", "reply_quote", "composer_quote",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>From here to the end of the body, as Outlook's web and phone programs write it.</summary>
    private static readonly FrozenSet<string> ToEndIds = FrozenSet.ToFrozenSet(
        ["divrplyfwdmsg", "appendonsend", "stopspelling", "replysplit", "ms-outlook-mobile-body-separator-line-quote", "divtagdefaultwrapper_quote", "replymessage"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> SignatureMarks = FrozenSet.ToFrozenSet(
    [
        "gmail_signature", "gmail_signature_prefix", "applemailsignature", "ms-outlook-mobile-signature", "moz-signature", "protonmail_signature_block", "protonmail_signature_block-user", "yahoo-signature", "ymail_android_signature", "ymail_ios_signature", "lark-mail-signature", "ntes-mailmaster-signature", "mailmastersignature", "ntes-pcmac-signature", "ntes-signature", "imail_signature",
        "ntes-pcmac-signature-card", "spneditorsign", "zmail_signature", "zohosignature", "composer_signature", "signature", "_foxsignature", "foxmailsignature", "front-signature", "sh-signature", "mail-signature", "mail_signature", "email-signature", "emailsignature", "outlook_signature", "mobile_signature", "__aliyun_signature_wrap", "aliyun_signature", "sign", "xm_mail_sign", "dingtalk-mail-signature", "neteasemailsign", "signature_old", "js-signature", "spark_signature", "tutanota_signature", "hey-signature", "bloop_sign", "wxmail-signature", "x_signature", "signature-container",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> CitePrefix = FrozenSet.ToFrozenSet(["moz-cite-prefix"]);

    private static readonly FrozenSet<string> ForwardContainer = FrozenSet.ToFrozenSet(["moz-forward-container"]);

    // No mail program nests its containers deeper; looking into each would cost the square of their number.
    private const int MostContainers = 64;

    private readonly Dictionary<INode, ReplySpanKind> _headers = [];
    private int _containers;

    /// <summary>What the markup says an element is; null if it says nothing.</summary>
    public Mark? Of(IElement element)
    {
        if (_headers.TryGetValue(element, out var header))
        {
            return new Mark(header, false);
        }

        if (element.LocalName == "blockquote")
        {
            return IsIndentation(element) ? null : new Mark(ReplySpanKind.Quote, false);
        }

        if (element.LocalName is "body" or "html")
        {
            return null;
        }

        if (Has(element, SignatureMarks) || element.LocalName == "sign" || element.GetAttribute("data-smartmail") == "gmail_signature" || element.GetAttribute("name") == "messageSignatureSection")
        {
            return new Mark(ReplySpanKind.Signature, false);
        }

        if (HtmlElements.HasClass(element, CitePrefix))
        {
            return new Mark(ReplySpanKind.QuoteHeader, false);
        }

        if (HtmlElements.HasClass(element, ForwardContainer))
        {
            return new Mark(ReplySpanKind.Forwarded, true);
        }

        if (element.Id is { Length: > 0 } id && ToEndIds.Contains(id))
        {
            return new Mark(ReplySpanKind.Quote, true);
        }

        if (Has(element, QuoteClasses) || (element.Id is { Length: > 0 } own && (QuoteIds.Contains(own) || own.StartsWith("lark-mail-quote", StringComparison.Ordinal) || own.StartsWith("yahoo_quoted", StringComparison.Ordinal))) || element.GetAttribute("name") is "quote" or "messageReplySection" || element.HasAttribute("data-marker") && element.GetAttribute("data-marker") == "__QUOTED_TEXT__")
        {
            return QuoteContainer(element);
        }

        return IsOutlookHeader(element) ? new Mark(ReplySpanKind.Quote, true) : null;
    }

    // A container with blockquotes in it may also hold answers between and below them: only the blockquotes are the quote, and what
    // stands above the first one is its header.
    private Mark? QuoteContainer(IElement container)
    {
        if (++_containers > MostContainers || container.QuerySelector("blockquote") is null)
        {
            return new Mark(IsForward(container) ? ReplySpanKind.Forwarded : ReplySpanKind.Quote, false);
        }

        foreach (var child in container.ChildNodes)
        {
            if (child is IElement element)
            {
                if (element.LocalName == "blockquote" || element.QuerySelector("blockquote") is not null)
                {
                    break;
                }

                _headers[element] = ReplySpanKind.QuoteHeader;
            }
        }

        return null;
    }

    private static bool IsForward(IElement container)
    {
        foreach (var line in Opening(container).AsSpan().EnumerateLines())
        {
            var words = BodyLine.Flatten(line.ToString());
            if (words.Length > 0)
            {
                var tail = words.LastIndexOf("--", StringComparison.Ordinal);
                return SeparatorLine.Read(tail > 4 ? words[..(tail + 2)] : words) is SeparatorKind.Forward;
            }
        }

        return false;
    }

    // The first words inside an element, without reading all of it.
    private static string Opening(IElement element)
    {
        var text = new StringBuilder();
        var nodes = new Stack<INode>([element]);
        for (var steps = 0; steps < 200 && text.Length < 300 && nodes.TryPop(out var node); steps++)
        {
            text.Append((node as IText)?.Data);
            for (var child = node.ChildNodes.Length < 100 ? node.LastChild : null; child is not null; child = child.PreviousSibling)
            {
                nodes.Push(child);
            }
        }

        return text.ToString();
    }

    private static bool Has(IElement element, FrozenSet<string> marks) => (element.Id is { } id && marks.Contains(id)) || HtmlElements.HasClass(element, marks);

    // Gmail indents what one writes with a blockquote, too.
    private static bool IsIndentation(IElement quote) => !quote.HasAttribute("type") && !quote.HasAttribute("cite") && string.IsNullOrWhiteSpace(quote.ClassName) && string.IsNullOrEmpty(quote.Id)
        && (HtmlElements.StyleHas(quote, "border:none") || HtmlElements.StyleHas(quote, "border-style:none")) && HtmlElements.StyleHas(quote, "40px");

    // Word draws a thin line above the block of header fields.
    private static bool IsOutlookHeader(IElement element)
    {
        if (element.LocalName != "div" || !HtmlElements.StyleHas(element, "border-top:solid"))
        {
            return false;
        }

        if (!HtmlElements.StyleHas(element, "#E1E1E1") && !HtmlElements.StyleHas(element, "#B5C4DF") && !HtmlElements.StyleHas(element, "windowtext1"))
        {
            return false;
        }

        var text = Opening(element).AsSpan().TrimStart();
        return text.Length > 0 && text[..Math.Min(text.Length, HeaderLabels.Longest)].IndexOfAny(':', '：') > 0;
    }
}
