using Solodesk.Tests.Channels.Web;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.HelpCentre;

namespace Solodesk.Tests.Knowledge;

public sealed class HelpCentreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_no_word_in_common_with_the_search_was_not_found()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.PublishAsync("生日能改吗？", "一年可以改一次，命名随你。");

        var invoice = await desk.Visitor().PageAsync("/help/zh/search?q=发票");
        var mars = await desk.Visitor().PageAsync("/help/zh/search?q=火星生命");
        var typed = await desk.Visitor().PageAsync("/help/zh/suggest?q=火星生命");

        Assert.Contains("找到 1 篇", invoice.Words(), StringComparison.Ordinal);
        Assert.Contains("没有找到", mars.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("生日能改吗", mars + typed, StringComparison.Ordinal);
        Assert.Contains("hit-ask", typed, StringComparison.Ordinal);
        // A single character is a word where it is all that was asked for.
        Assert.Contains("怎么开发票", await desk.Visitor().PageAsync("/help/zh/search?q=票"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_centre_speaks_the_language_of_its_address()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();

        var english = await desk.Visitor().PageAsync("/help/en");
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
        Assert.Contains("How can we help?", english, StringComparison.Ordinal);
        Assert.Contains("有什么可以帮你？", await desk.Visitor().PageAsync("/help/zh"), StringComparison.Ordinal);
        Assert.Contains("怎么开发票", await desk.Visitor().PageAsync("/help/zh/search?q=发票"), StringComparison.Ordinal);
        Assert.Contains("Where can I see my invoice", await desk.Visitor().PageAsync("/help/en/search?q=invoce"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again_and_a_new_one_is()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var visitor = desk.Visitor();
        using var first = await visitor.GetAsync(new Uri("/help/zh", UriKind.Relative), Ct);
        Assert.NotNull(first.Headers.ETag);
        Assert.NotNull(first.Content.Headers.LastModified);
        Assert.False(first.Headers.Contains("Set-Cookie"));

        visitor.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag);
        using var again = await visitor.GetAsync(new Uri("/help/zh", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        await desk.PublishAsync("新的一篇", "内容");
        using var changed = await visitor.GetAsync(new Uri("/help/zh", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_page_with_all_that_it_loads_is_light()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        for (var i = 0; i < 40; i++)
        {
            await desk.PublishAsync($"Question number {i} about exporting notes", string.Join("\n\n", Enumerable.Repeat("## Step\n\nSettings, then Export, then wait for the zip.", 12)), "en");
        }

        var visitor = desk.Visitor();
        foreach (var address in (string[])["/help/en", "/help/zh", "/help/en/search?q=export", desk.Get<AnswerIndex>().Public("en").Last().Path])
        {
            var page = await visitor.PageAsync(address);
            var weight = Encoding.UTF8.GetByteCount(page);
            foreach (var file in new HtmlParser().ParseDocument(page).QuerySelectorAll("link[rel=stylesheet],script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!))
            {
                weight += (await visitor.GetByteArrayAsync(new Uri(file, UriKind.Relative), Ct)).Length;
            }

            Assert.True(weight < 50_000, $"{address}: {weight} bytes");
        }
    }

    [Fact]
    public async Task A_title_with_a_control_character_does_not_break_the_feed_of_all()
    {
        await using var desk = new DeskApp();
        await desk.PublishAsync("Before\u0001 and \u000b after", "Words \u0002 too", "en");

        var feed = XDocument.Parse(await desk.Visitor().GetStringAsync(new Uri("/help/en/feed.xml", UriKind.Relative), Ct));

        Assert.Contains("Before and  after", feed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_moves_with_its_title_and_its_old_address_leads_on()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Old title", "text", "en");
        await desk.WriteAsync(number, "en", "New title", "text");
        await desk.ShowAsync(number, "en");

        using var old = await desk.Visitor().GetAsync(new Uri($"/help/en/articles/{number}-old-title", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.MovedPermanently, old.StatusCode);
        Assert.Equal($"/help/en/articles/{number}-new-title", old.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Machines_find_a_site_map_a_feed_and_structured_data()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "在账单页开。</script><script>alert(1)</script>");
        await desk.WriteAsync(number, "en", "How do I get an invoice?", "On the billing page.");
        await desk.ShowAsync(number, "en");
        var visitor = desk.Visitor();

        var map = XDocument.Parse(await visitor.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), Ct));
        Assert.Equal(4, map.Root!.Elements().Count());
        var feed = XDocument.Parse(await visitor.GetStringAsync(new Uri("/help/en/feed.xml", UriKind.Relative), Ct));
        Assert.Contains("How do I get an invoice?", feed.ToString(), StringComparison.Ordinal);
        var page = await visitor.PageAsync($"/help/zh/articles/{number}-怎么开发票");
        Assert.Contains("\"@type\":\"FAQPage\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("hreflang=\"en\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_was_not_helped_says_what_was_missing_and_takes_the_question_along()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("How do I get an invoice?", "On the billing page.", "en");
        var address = $"/help/en/articles/{number}-how-do-i-get-an-invoice";
        var visitor = desk.Visitor();

        using var no = await visitor.PostAsync(new Uri(address + "/feedback", UriKind.Relative), new FormUrlEncodedContent([new("do", "no"), new("q", "invoice for 2019")]), Ct);
        Assert.Equal(HttpStatusCode.SeeOther, no.StatusCode);
        var page = await visitor.PageAsync(no.Headers.Location!.ToString());
        Assert.Contains("What was missing?", page, StringComparison.Ordinal);
        var id = await desk.ReadAsync(db => db.Set<ArticleFeedback>().Select(f => f.Id).SingleAsync(Ct));
        using var tell = await visitor.PostAsync(new Uri(address + "/feedback", UriKind.Relative),
            new FormUrlEncodedContent([new("do", "contact"), new("id", id.ToString("N")), new("reason", "unclear"), new("words", "which page?"), new("q", "invoice for 2019")]), Ct);

        Assert.StartsWith("/contact?", tell.Headers.Location!.ToString(), StringComparison.Ordinal);
        var said = await desk.ReadAsync(db => db.Set<ArticleFeedback>().SingleAsync(Ct));
        Assert.Equal(("unclear", "which page?", "invoice for 2019"), (said.Reason, said.Words, said.Question));
        await desk.Get<Readership>().FlushAsync(Ct);
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<ArticleDay>().SumAsync(d => d.NotHelpful, Ct)));
        Assert.Contains("invoice for 2019", await visitor.PageAsync(tell.Headers.Location.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_its_own_domain_the_first_page_is_the_help_centre_and_the_desk_is_gone()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new HelpSettings { Domain = "help.example.com" }, Ct);
        var visitor = desk.Visitor();
        visitor.DefaultRequestHeaders.Host = "help.example.com";

        using var home = await visitor.GetAsync(new Uri("/", UriKind.Relative), Ct);
        using var inbox = await visitor.GetAsync(new Uri("/inbox", UriKind.Relative), Ct);

        Assert.Equal("/help", home.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, inbox.StatusCode);
    }
}
