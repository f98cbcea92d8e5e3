using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Ui;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>What machines read of the help centre: the site map, the feed of new and changed articles, what search engines may visit.</summary>
internal sealed class HelpFeeds : IEndpoints
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string SiteMap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    // The protocol's own limit is 50,000 addresses a file.
    private const int MostAddresses = 45_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", MapAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/robots.txt", RobotsAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/help/{lang:regex(^(zh|en)$)}/feed.xml", FeedAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> RobotsAsync(HttpContext context, Settings settings, CancellationToken ct)
        => Results.Text($"User-agent: *\nAllow: /help/\nDisallow: /help/zh/search\nDisallow: /help/en/search\nDisallow: /track/\nDisallow: /contact/sent/\nSitemap: {await RootAsync(context, settings, ct)}/sitemap.xml\n", "text/plain");

    private static async Task<IResult> MapAsync(HttpContext context, AnswerIndex index, Settings settings, CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var root = await RootAsync(context, settings, ct);
        return Xml(context, index, "application/xml; charset=utf-8", xml =>
        {
            xml.WriteStartElement("urlset", SiteMap);
            xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
            foreach (var language in Tongue.All)
            {
                Address(xml, $"{root}/help/{Tongue.Short(language)}", index.ChangedAt, [.. Tongue.All.Select(t => (Tongue.Html(t), $"{root}/help/{Tongue.Short(t)}"))]);
            }

            foreach (var topic in index.Topics.Take(MostAddresses / 20))
            {
                // A category is there in a language once there is something to read in it.
                var filled = Tongue.All.Select(t => (Language: t, Cards: HelpEndpoints.Within(index, topic, index.Public(t).ToList()).ToList())).Where(t => t.Cards.Count > 0).ToList();
                foreach (var (language, cards) in filled)
                {
                    Address(xml, $"{root}/help/{Tongue.Short(language)}/topics/{Uri.EscapeDataString(topic.Slug)}", cards.Max(c => c.PublishedAt),
                        filled.Count > 1 ? [.. filled.Select(f => (Tongue.Html(f.Language), $"{root}/help/{Tongue.Short(f.Language)}/topics/{Uri.EscapeDataString(topic.Slug)}"))] : []);
                }
            }

            foreach (var article in Tongue.All.SelectMany(index.Public).GroupBy(c => c.ArticleId).OrderBy(g => g.First().Number).Take(MostAddresses * 4 / 10))
            {
                foreach (var card in article)
                {
                    Address(xml, root + card.Path, card.PublishedAt, article.Count() > 1 ? [.. article.Select(c => (Tongue.Html(c.Language), root + c.Path))] : []);
                }
            }

            xml.WriteEndElement();
        });
    }

    private static async Task<IResult> FeedAsync(string lang, HttpContext context, AnswerIndex index, Settings settings, Phrases phrases, CancellationToken ct)
    {
        var view = await HelpEndpoints.ViewAsync(context, lang, index, settings, phrases, ct);
        return Xml(context, index, "application/atom+xml; charset=utf-8", xml =>
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, Tongue.Html(view.Language));
            xml.WriteElementString("title", Atom, Legal(view.Name));
            xml.WriteElementString("id", Atom, view.Root + view.Home);
            xml.WriteElementString("updated", Atom, Time(index.ChangedAt));
            Link(xml, "self", view.Root + view.Path);
            Link(xml, "alternate", view.Root + view.Home);
            foreach (var card in index.Public(view.Language).OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.Number).Take(50))
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("title", Atom, Legal(card.Title));
                xml.WriteElementString("id", Atom, $"urn:uuid:{card.ArticleId}#{card.Language}");
                xml.WriteElementString("published", Atom, Time(card.FirstPublishedAt));
                xml.WriteElementString("updated", Atom, Time(card.PublishedAt));
                xml.WriteElementString("summary", Atom, Legal(card.Beginning));
                xml.WriteStartElement("author", Atom);
                xml.WriteElementString("name", Atom, Legal(view.Name));
                xml.WriteEndElement();
                Link(xml, "alternate", view.Root + card.Path);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    private static async Task<string> RootAsync(HttpContext context, Settings settings, CancellationToken ct)
        => AnswerQuestion.Absolute(context.Request, await settings.ReadAsync<BusinessSettings>(ct), await settings.ReadAsync<HelpSettings>(ct), "");

    private static IResult Xml(HttpContext context, AnswerIndex index, string type, Action<XmlWriter> write)
    {
        var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CheckCharacters = false }))
        {
            write(xml);
        }

        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(bytes.ToArray(), type, lastModified: index.ChangedAt, entityTag: new($"\"x{index.Revision:x}\""));
    }

    private static void Address(XmlWriter xml, string url, DateTimeOffset at, IReadOnlyList<(string Language, string Url)> alternates)
    {
        xml.WriteStartElement("url", SiteMap);
        xml.WriteElementString("loc", SiteMap, url);
        xml.WriteElementString("lastmod", SiteMap, Time(at));
        foreach (var (language, other) in alternates)
        {
            xml.WriteStartElement("xhtml", "link", Xhtml);
            xml.WriteAttributeString("rel", "alternate");
            xml.WriteAttributeString("hreflang", language);
            xml.WriteAttributeString("href", other);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string url)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", url);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>XML has no words for most control characters; a title that was imported with one must not break the feed of all.</summary>
    private static string Legal(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                kept.Append(text[i]);
            }
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept.Append(text, i++, 2);
            }
        }

        return kept.ToString();
    }
}
