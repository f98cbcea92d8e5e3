using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Tests.Channels.Web;

namespace Solodesk.Tests.Knowledge;

/// <summary>What a founder does around the words of articles: categories, tags, reviews, and what readers said.</summary>
public sealed class ArticleCareTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_category_that_is_refused_comes_back_with_what_was_typed()
    {
        await using var desk = new DeskApp();
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync("/knowledge/topics");

        await founder.PostAsync("/knowledge/topics", ("do", "save"), ("id", ""), ("zhline", "退款与发票"), ("icon", "key-round"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        Assert.Contains("value=\"退款与发票\"", WebUtility.HtmlDecode(founder.Text), StringComparison.Ordinal);
        // The icons have names that people read.
        Assert.Contains("<option value=\"key-round\" selected>钥匙</option>", WebUtility.HtmlDecode(founder.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_is_renamed_moved_and_removed_and_its_articles_go_one_up()
    {
        await using var desk = new DeskApp();
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync("/knowledge/topics");
        await SaveAsync(founder, "账单", "Billing");
        await SaveAsync(founder, "安全", "Security");
        var (billing, security) = (await IdAsync(desk, "billing"), await IdAsync(desk, "security"));
        await SaveAsync(founder, "发票", "Invoices", parent: billing);
        var invoices = await IdAsync(desk, "invoices");
        var number = await desk.PublishAsync("How do I get an invoice?", "On the billing page.", "en");
        await founder.PostAsync($"/knowledge/{number}/arrange", ("do", "arrange"), ("kind", "Faq"), ("for", "public"), ("topic", invoices.ToString()), ("text", "en"));
        var visitor = desk.Visitor();
        Assert.Contains("Invoices", await visitor.PageAsync("/help/en/topics/billing"), StringComparison.Ordinal);

        // Renamed, its address stays; moved below the other one, it is found there.
        await SaveAsync(founder, "单据", "Papers", parent: security, id: invoices);
        Assert.DoesNotContain("Papers", await visitor.PageAsync("/help/en/topics/billing"), StringComparison.Ordinal);
        Assert.Contains("/help/en/topics/invoices", await visitor.PageAsync("/help/en/topics/security"), StringComparison.Ordinal);
        Assert.Contains("How do I get an invoice?", await visitor.PageAsync("/help/en/topics/invoices"), StringComparison.Ordinal);
        Assert.Contains("单据", await visitor.PageAsync("/help/zh/topics/invoices"), StringComparison.Ordinal);

        // A category cannot stand below what stands below it.
        await SaveAsync(founder, "安全", "Security", parent: invoices, id: security);
        Assert.Null((await TopicsAsync(desk)).Single(t => t.Id == security).ParentId);

        await founder.PostAsync("/knowledge/topics", ("do", "up"), ("id", security.ToString()));
        Assert.Equal(["security", "billing"], (await TopicsAsync(desk)).Where(t => t.ParentId is null).OrderBy(t => t.Position).Select(t => t.Slug));

        await founder.PostAsync("/knowledge/topics", ("do", "remove"), ("id", invoices.ToString()));
        Assert.Contains("How do I get an invoice?", await visitor.PageAsync("/help/en/topics/security"), StringComparison.Ordinal);
        await founder.PostAsync("/knowledge/topics", ("do", "remove"), ("id", security.ToString()));
        Assert.Equal(["billing"], (await TopicsAsync(desk)).Select(t => t.Slug));
        Assert.Null(await desk.ReadAsync(db => db.Set<Article>().Select(a => a.TopicId).SingleAsync(Ct)));
        Assert.Contains("How do I get an invoice?", await visitor.PageAsync($"/help/en/articles/{number}-how-do-i-get-an-invoice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_tag()
    {
        await using var desk = new DeskApp();
        var (tagged, other) = (await desk.PublishAsync("First", "text", "en"), await desk.PublishAsync("Second", "words", "en"));
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/knowledge/{tagged}");
        await founder.PostAsync($"/knowledge/{tagged}/arrange", ("do", "arrange"), ("kind", "Faq"), ("for", "public"), ("tags", "invoice, 账单、 账单"), ("text", "en"));

        foreach (var tag in (string[])["invoice", "账单"])
        {
            await founder.OpenAsync($"/knowledge?q={Uri.EscapeDataString(tag)}");
            Assert.Contains($"href=\"/knowledge/{tagged}\"", founder.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"href=\"/knowledge/{other}\"", founder.Text, StringComparison.Ordinal);
        }

        Assert.Equal(["invoice", "账单"], await desk.ReadAsync(db => db.Set<Article>().Where(a => a.Number == tagged).Select(a => a.Tags).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_article_whose_review_is_due_says_so_until_it_was_reviewed()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Prices", "Ten a month.", "en");
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/knowledge/{number}");
        (string, string)[] arranged = [("kind", "Faq"), ("for", "public"), ("review", "30"), ("text", "en")];
        await founder.PostAsync($"/knowledge/{number}/arrange", [("do", "arrange"), .. arranged]);
        Assert.False(await OverdueAsync());

        desk.Clock.Advance(TimeSpan.FromDays(29));
        Assert.False(await OverdueAsync());
        desk.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(await OverdueAsync());

        var today = await desk.Desk("en").PageAsync("/");
        Assert.Contains("Articles to look over", today, StringComparison.Ordinal);
        Assert.Contains($"/knowledge/{number}?show=about", today, StringComparison.Ordinal);
        await founder.PostAsync($"/knowledge/{number}/arrange", [("do", "reviewed"), .. arranged]);
        Assert.False(await OverdueAsync());
        Assert.DoesNotContain("Articles to look over", await desk.Desk("en").PageAsync("/"), StringComparison.Ordinal);
        Assert.Equal(desk.Clock.GetUtcNow().AddDays(30), await desk.ReadAsync(db => db.Set<Article>().Select(a => a.ReviewAt).SingleAsync(Ct)));

        async Task<bool> OverdueAsync()
        {
            await founder.OpenAsync($"/knowledge/{number}");
            return founder.Text.Contains("class=\"pip bad\"", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Views_are_counted_and_the_founder_reads_what_was_missing()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("How do I get an invoice?", "On the billing page.", "en");
        var address = $"/help/en/articles/{number}-how-do-i-get-an-invoice";
        var visitor = desk.Visitor();
        for (var i = 0; i < 3; i++)
        {
            await visitor.PageAsync(address);
        }

        using (var head = new HttpRequestMessage(HttpMethod.Head, address))
        {
            using var machine = await visitor.SendAsync(head, Ct);
        }

        using var no = await visitor.PostAsync(new Uri(address + "/feedback", UriKind.Relative), new FormUrlEncodedContent([new("do", "no")]), Ct);
        var id = await desk.ReadAsync(db => db.Set<ArticleFeedback>().Select(f => f.Id).SingleAsync(Ct));
        using var tell = await visitor.PostAsync(new Uri(address + "/feedback", UriKind.Relative),
            new FormUrlEncodedContent([new("do", "tell"), new("id", id.ToString("N")), new("reason", "unclear"), new("words", "<b>Which</b> page?")]), Ct);
        await desk.Get<Readership>().FlushAsync(Ct);

        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/knowledge/{number}");
        var raw = await desk.Desk("en").PageAsync($"/knowledge/{number}");
        Assert.Equal(3, await desk.ReadAsync(db => db.Set<ArticleDay>().SumAsync(d => d.Views, Ct)));
        Assert.Contains("</dt><dd>3</dd>", founder.Text, StringComparison.Ordinal);
        Assert.Contains("<b>Which</b> page?", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Which</b>", raw, StringComparison.Ordinal);

        await founder.PostAsync($"/knowledge/feedback/{id}/handled", ("back", $"/knowledge/{number}"));
        Assert.True(await desk.ReadAsync(db => db.Set<ArticleFeedback>().Select(f => f.Handled).SingleAsync(Ct)));
    }

    private static Task SaveAsync(FormBrowser founder, string chinese, string english, Guid? parent = null, Guid? id = null)
        => founder.PostAsync("/knowledge/topics", ("do", "save"), ("id", $"{id}"), ("zh", chinese), ("en", english), ("zhline", ""), ("enline", ""), ("icon", "receipt"), ("parent", $"{parent}"));

    private static Task<List<Topic>> TopicsAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<Topic>().AsNoTracking().ToListAsync(Ct));

    private static async Task<Guid> IdAsync(DeskApp desk, string slug) => (await TopicsAsync(desk)).Single(t => t.Slug == slug).Id;
}
