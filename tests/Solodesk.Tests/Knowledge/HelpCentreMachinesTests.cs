using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Tests.Channels.Web;

namespace Solodesk.Tests.Knowledge;

/// <summary>What search engines, caches and those who pass on an address find in the help centre.</summary>
public sealed class HelpCentreMachinesTests
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_site_map_lists_categories_that_hold_something_with_their_other_language()
    {
        await using var desk = new DeskApp();
        var both = await TopicAsync(desk, "账单", "Billing");
        var english = await TopicAsync(desk, "接口", "API");
        await TopicAsync(desk, "空的", "Empty");
        var (invoice, keys) = (await desk.PublishAsync("怎么开发票？", "在账单页。"), await desk.PublishAsync("Where are my keys?", "In the settings.", "en"));
        await desk.WriteAsync(invoice, "en", "How do I get an invoice?", "On the billing page.");
        await desk.ShowAsync(invoice, "en");
        await PutAsync(desk, invoice, both);
        await PutAsync(desk, keys, english);

        var map = XDocument.Parse(await desk.Visitor().GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), Ct));
        var topics = map.Root!.Elements(Map + "url").Where(u => u.Element(Map + "loc")!.Value.Contains("/topics/", StringComparison.Ordinal)).ToList();

        Assert.Equal(["/help/zh/topics/billing", "/help/en/topics/billing", "/help/en/topics/api"], topics.Select(u => new Uri(u.Element(Map + "loc")!.Value).AbsolutePath));
        Assert.All(topics, u => Assert.NotNull(u.Element(Map + "lastmod")));
        Assert.Equal(["zh-CN", "en"], topics[0].Elements(Xhtml + "link").Select(l => l.Attribute("hreflang")!.Value));
        Assert.Empty(topics[2].Elements(Xhtml + "link"));
        foreach (var topic in topics)
        {
            Assert.Equal(HttpStatusCode.OK, (await desk.Visitor().GetAsync(new Uri(new Uri(topic.Element(Map + "loc")!.Value).AbsolutePath, UriKind.Relative), Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task A_page_that_is_passed_on_says_what_it_is_and_shows_the_article_s_own_picture()
    {
        await using var desk = new DeskApp();
        var topic = await TopicAsync(desk, "账单", "Billing");
        var plain = await desk.PublishAsync("How do I pay?", "By card, \"or\" by transfer.", "en");
        var pictured = await desk.PublishAsync("Where is it?", "Here:\n\n![the page](/files/abcdefghijklmnopqrstuvwx/a%20b.png)\n\n![other](https://example.com/b.png)", "en");
        var hostile = await desk.PublishAsync("Which one?", "![x](javascript:alert(1)) ![y](data:image/png;base64,AAAA) none", "en");
        await PutAsync(desk, plain, topic);

        var page = await ReadAsync(desk, $"/help/en/articles/{plain}-how-do-i-pay");
        Assert.Equal(("How do I pay?", "By card, \"or\" by transfer.", "article"), (Meta(page, "og:title"), Meta(page, "og:description"), Meta(page, "og:type")));
        Assert.Equal(Meta(page, "og:description"), page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Null(Meta(page, "og:image"));
        var image = Meta(await ReadAsync(desk, $"/help/en/articles/{pictured}-where-is-it"), "og:image");
        Assert.EndsWith("/files/abcdefghijklmnopqrstuvwx/a%20b.png", image, StringComparison.Ordinal);
        Assert.True(Uri.TryCreate(image, UriKind.Absolute, out var whole) && whole.Scheme.StartsWith("http", StringComparison.Ordinal));
        Assert.Null(Meta(await ReadAsync(desk, $"/help/en/articles/{hostile}-which-one"), "og:image"));
        foreach (var (address, title) in ((string, string)[])[("/help/en/topics/billing", "Billing"), ("/help/zh/topics/billing", "账单")])
        {
            var category = await ReadAsync(desk, address);
            Assert.Equal((title, "website"), (Meta(category, "og:title"), Meta(category, "og:type")));
            Assert.Contains(title, Meta(category, "og:description"), StringComparison.Ordinal);
        }

        var home = await ReadAsync(desk, "/help/en");
        Assert.NotNull(Meta(home, "og:title"));
        Assert.NotNull(Meta(home, "og:description"));
    }

    [Fact]
    public async Task An_article_is_not_sent_again_until_it_was_changed()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("How do I pay?", "By card.", "en");
        var address = new Uri($"/help/en/articles/{number}-how-do-i-pay", UriKind.Relative);
        using var first = await desk.Visitor().GetAsync(address, Ct);
        var (byTag, byTime) = (desk.Visitor(), desk.Visitor());
        byTag.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        byTime.DefaultRequestHeaders.IfModifiedSince = first.Content.Headers.LastModified;

        foreach (var reader in (HttpClient[])[byTag, byTime])
        {
            using var again = await reader.GetAsync(address, Ct);
            Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, await again.Content.ReadAsStringAsync(Ct)));
        }

        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.WriteAsync(number, "en", "How do I pay?", "By transfer.");
        foreach (var reader in (HttpClient[])[byTag, byTime])
        {
            // Nothing that readers see has changed yet.
            Assert.Equal(HttpStatusCode.NotModified, (await reader.GetAsync(address, Ct)).StatusCode);
        }

        await desk.ShowAsync(number, "en");
        foreach (var reader in (HttpClient[])[byTag, byTime])
        {
            using var changed = await reader.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.Contains("By transfer.", await changed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            Assert.NotEqual(first.Content.Headers.LastModified, changed.Content.Headers.LastModified);
        }
    }

    [Fact]
    public async Task The_chat_works_on_the_help_centre_s_own_domain_and_nothing_more_of_the_desk_does()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new HelpSettings { Domain = "help.example.com" }, Ct);
        var visitor = desk.Visitor();
        visitor.DefaultRequestHeaders.Host = "help.example.com";

        var loader = await visitor.GetStringAsync(new Uri("/widget.js", UriKind.Relative), Ct);
        Assert.Contains("/widget/config", loader, StringComparison.Ordinal);
        var config = System.Text.Json.Nodes.JsonNode.Parse(await visitor.GetStringAsync(new Uri("/widget/config?lang=en", UriKind.Relative), Ct))!;
        using var panel = await visitor.GetAsync(new Uri(config["panel"]!.GetValue<string>(), UriKind.Relative), Ct);
        using var hello = await visitor.PostAsync(new Uri("/chat/exchange", UriKind.Relative), new StringContent("""{"hello":{"lang":"en"},"wait":0}""", System.Text.Encoding.UTF8, "application/json"), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (panel.StatusCode, hello.StatusCode));
        Assert.Contains("welcome", await hello.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        foreach (var path in (string[])["/inbox", "/settings/chat", "/chat/desk/1/seen", "/widgets", "/api/v1/tickets", "/sign-in"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);
        }

        using var founder = desk.Desk();
        founder.DefaultRequestHeaders.Host = "help.example.com";
        Assert.Equal(HttpStatusCode.NotFound, (await founder.PostAsync(new Uri("/chat/desk/1/typing", UriKind.Relative), null, Ct)).StatusCode);
    }

    private static async Task<Guid> TopicAsync(DeskApp desk, string chinese, string english)
        => (await desk.Get<EditTopics>().SaveAsync(desk.Founder, new(null, chinese, english, "", "", "receipt", null), Ct)).Value;

    private static async Task PutAsync(DeskApp desk, long number, Guid topic)
        => Assert.True((await desk.Get<WriteArticle>().ArrangeAsync(desk.Founder, number, a => a.TopicId = topic, Ct)).Ok);

    private static async Task<IDocument> ReadAsync(DeskApp desk, string address) => new HtmlParser().ParseDocument(await desk.Visitor().PageAsync(address));

    private static string? Meta(IDocument page, string property) => page.QuerySelector($"meta[property='{property}']")?.GetAttribute("content");
}
