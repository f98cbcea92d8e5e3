using Solodesk.Tests.Channels.Web;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Tests.Knowledge;

public sealed class ArticleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_seen_only_after_it_is_published()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "在账单页开。");
        await desk.WriteAsync(number, "zh-Hans", "怎么开发票？", "在新的账单页开，几分钟到。");

        Assert.Contains("在账单页开。", await desk.Visitor().PageAsync($"/help/zh/articles/{number}-怎么开发票"), StringComparison.Ordinal);

        await desk.ShowAsync(number, "zh-Hans");
        Assert.Contains("几分钟到", await desk.Visitor().PageAsync($"/help/zh/articles/{number}-怎么开发票"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_the_desk_only_stays_so_when_it_is_published_again()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Discounts", "Ten per cent at most.", "en", state: ArticleState.Internal);
        var page = new FormBrowser(desk.Desk("en"));
        await page.OpenAsync($"/knowledge/{number}?text=en");
        Assert.Contains("<option value=\"internal\" selected", page.Text, StringComparison.Ordinal);

        await page.PostAsync($"/knowledge/{number}/save", ("language", "en"), ("text", "en"), ("title", "Discounts"), ("body", "Twelve per cent at most."), ("for", "internal"), ("do", "publish"));
        Assert.Equal(ArticleState.Internal, await desk.ReadAsync(db => db.Set<Article>().Select(a => a.State).SingleAsync(Ct)));

        await page.PostAsync($"/knowledge/{number}/save", ("language", "en"), ("text", "en"), ("title", "Discounts"), ("body", "Twelve per cent at most."), ("for", "public"), ("do", "publish"));
        Assert.Equal(ArticleState.Public, await desk.ReadAsync(db => db.Set<Article>().Select(a => a.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_text_that_is_refused_comes_back_in_its_language_with_what_was_typed()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么导出？", "点“导出”。");
        var page = new FormBrowser(desk.Desk("en"));
        await page.OpenAsync($"/knowledge/{number}?text=en");

        await page.PostAsync($"/knowledge/{number}/save", ("text", "en"), ("title", new string('x', 301)), ("body", "Click export, then wait."));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Click export, then wait.", page.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"text\" value=\"en\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_text_of_a_public_article_does_not_come_out_before_the_time_that_was_given()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Prices", "Ten a month.", "en");
        await desk.WriteAsync(number, "en", "Prices", "Twelve a month.");

        var later = await desk.Get<PublishArticle>().RunAsync(desk.Founder, new(number, "en", At: desk.Clock.GetUtcNow().AddDays(3)), Ct);

        Assert.Equal(("article.later_public", "at"), (later.Problem?.Code, later.Problem?.Field));
        Assert.Equal("Ten a month.", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.PublicBody).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_translation_knows_how_far_it_is_behind_the_original()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "在账单页开。");
        await desk.WriteAsync(number, "en", "How do I get an invoice?", "On the billing page.");
        await desk.ShowAsync(number, "en");
        foreach (var body in (string[])["第二版", "第三版"])
        {
            await desk.WriteAsync(number, "zh-Hans", "怎么开发票？", body);
            await desk.ShowAsync(number, "zh-Hans");
        }

        var article = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).SingleAsync(Ct));
        Assert.Equal(2, article.Behind(article.In("en")!));
        Assert.Contains("原文后来又发布了 2 版", await desk.Desk().PageAsync($"/knowledge/{number}?text=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_after_an_article_is_shown_and_can_be_changed()
    {
        await using var desk = new DeskApp();
        await HireAsync(desk, desk.Founder.Id!.Value, desk.Founder.Name);
        var number = await desk.PublishAsync("Alone", "text", "en");
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/knowledge/{number}");
        Assert.Contains("Looked after by</dt><dd class=\"trunc\">周野", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"owner\"", founder.Text, StringComparison.Ordinal);

        var second = Guid.CreateVersion7();
        await HireAsync(desk, second, "Mo");
        await founder.PostAsync($"/knowledge/{number}/arrange", ("do", "arrange"), ("kind", "Faq"), ("for", "public"), ("owner", second.ToString()), ("text", "en"));
        await founder.OpenAsync($"/knowledge/{number}");

        Assert.Equal(second, await desk.ReadAsync(db => db.Set<Article>().Select(a => a.OwnerId).SingleAsync(Ct)));
        Assert.Contains("Looked after by</dt><dd class=\"trunc\">Mo", founder.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"owner\"", founder.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("driftnote")]
    [InlineData("DRIFTNOTE")]
    [InlineData("Where IS")]
    public async Task The_list_is_searched_without_regard_to_case(string words)
    {
        await using var desk = new DeskApp();
        await desk.PublishAsync("About Driftnote", "Where is it?", "en");
        await desk.PublishAsync("Other", "Something else", "en");

        var shelf = await desk.Get<ReadArticles>().ShelfAsync(words, null, 0, Ct);

        Assert.Equal("About Driftnote", Assert.Single(shelf.Rows).Title);
    }

    [Fact]
    public async Task A_list_that_is_longer_than_a_page_goes_on()
    {
        await using var desk = new DeskApp();
        var now = desk.Clock.GetUtcNow();
        await desk.ReadAsync(db =>
        {
            for (var number = 1; number <= ReadArticles.Most + 2; number++)
            {
                var article = new Article { Id = Guid.CreateVersion7(), Number = number, Language = "en", CreatedAt = now, UpdatedAt = now };
                article.Texts.Add(new ArticleText { Id = Guid.CreateVersion7(), ArticleId = article.Id, Language = "en", Title = $"Number {number}", UpdatedAt = now });
                db.Add(article);
            }

            return db.SaveChangesAsync(Ct);
        });

        Assert.Contains($"/knowledge?after={ReadArticles.Most}\"", await desk.Desk().PageAsync("/knowledge"), StringComparison.Ordinal);
        var rest = await desk.Desk().PageAsync($"/knowledge?after={ReadArticles.Most}");
        Assert.Contains($"Number {ReadArticles.Most + 2}", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_write_at_once_lose_nothing()
    {
        await using var desk = new DeskApp();
        var write = desk.Get<WriteArticle>();
        var number = (await write.BeginAsync(desk.Founder, new("en") { Title = "Title", Body = "first" }, Ct)).Value;
        var seen = WriteArticle.Mark((await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).SingleAsync(Ct))).Texts[0]);
        await write.SaveAsync(desk.Founder, new(number, "en", "Title", "mine", seen), Ct);

        var theirs = await write.SaveAsync(desk.Founder, new(number, "en", "Title", "theirs", seen), Ct);

        Assert.Equal(1, theirs.Value.KeptAs);
        Assert.Equal("mine", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.Body).SingleAsync(Ct)));
        Assert.Equal("theirs", await desk.ReadAsync(db => db.Set<ArticleVersion>().Select(v => v.Body).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_older_version_comes_back_and_what_was_being_written_is_kept_first()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Title", "one", "en");
        await desk.WriteAsync(number, "en", "Title", "two");
        await desk.ShowAsync(number, "en");
        await desk.WriteAsync(number, "en", "Title", "never published");

        Assert.True((await desk.Get<WriteArticle>().RestoreAsync(desk.Founder, number, "en", 1, Ct)).Ok);

        Assert.Equal("one", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.Body).SingleAsync(Ct)));
        Assert.Contains("never published", await desk.ReadAsync(db => db.Set<ArticleVersion>().Select(v => v.Body).ToListAsync(Ct)));
    }

    [Fact]
    public async Task The_version_that_was_chosen_can_be_restored_and_the_first_is_compared_with_what_came_of_it()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("How?", "First words", "en");
        foreach (var words in (string[])["Second words", "Third words"])
        {
            await desk.WriteAsync(number, "en", "How?", words);
            await desk.ShowAsync(number, "en");
        }

        var second = await desk.Desk("en").PageAsync($"/knowledge/{number}/versions?text=en&to=2");
        var first = await desk.Desk("en").PageAsync($"/knowledge/{number}/versions?text=en&to=1");
        var last = await desk.Desk("en").PageAsync($"/knowledge/{number}/versions?text=en&to=3");

        Assert.Equal(["Restore v1", "Restore v2"], Buttons(second));
        Assert.Equal(["Restore v1"], Buttons(first));
        Assert.Contains("<del>First</del>", first, StringComparison.Ordinal);
        Assert.Contains("<ins>Third</ins>", first, StringComparison.Ordinal);
        // The third is what is being written: nothing is to be restored of it.
        Assert.Equal(["Restore v2"], Buttons(last));

        static IEnumerable<string> Buttons(string page) => System.Text.RegularExpressions.Regex.Matches(page, "Restore v[0-9]+").Select(m => m.Value);
    }

    [Fact]
    public async Task The_versions_open_with_what_changed_last()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Title", "The first text", "en");
        Assert.Contains("The two are the same.", await desk.Desk("en").PageAsync($"/knowledge/{number}/versions"), StringComparison.Ordinal);
        await desk.WriteAsync(number, "en", "Title", "The second text");
        await desk.ShowAsync(number, "en");

        var published = await desk.Desk("en").PageAsync($"/knowledge/{number}/versions");
        Assert.Contains("<del>first</del>", published, StringComparison.Ordinal);
        Assert.Contains("<ins>second</ins>", published, StringComparison.Ordinal);

        await desk.WriteAsync(number, "en", "Title", "The third text");
        var waiting = await desk.Desk("en").PageAsync($"/knowledge/{number}/versions");
        Assert.Contains("<del>second</del>", waiting, StringComparison.Ordinal);
        Assert.Contains("<ins>third</ins>", waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_phone_what_stands_beside_the_text_is_one_press_away()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("Title", "Text", "en");

        var text = await desk.Desk("en").PageAsync($"/knowledge/{number}");
        Assert.Contains($"href=\"/knowledge/{number}?text=en&amp;show=about\"", text, StringComparison.Ordinal);
        Assert.Contains("class=\"here\" id=\"editor\"", text, StringComparison.Ordinal);
        var about = await desk.Desk("en").PageAsync($"/knowledge/{number}?text=en&show=about");
        Assert.Contains("<aside data-pane=\"info\" class=\"scroll tint here\"", about, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"here\" id=\"editor\"", about, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_article_appears_when_its_time_has_come()
    {
        await using var desk = new DeskApp();
        var write = desk.Get<WriteArticle>();
        var number = (await write.BeginAsync(desk.Founder, new("en") { Title = "Big news", Body = "It is here." }, Ct)).Value;
        await desk.Get<PublishArticle>().RunAsync(desk.Founder, new(number, "en", At: desk.Clock.GetUtcNow().AddHours(2)), Ct);
        var index = desk.Get<AnswerIndex>();
        await index.Ready;
        Assert.Empty(index.Public("en"));

        desk.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(1, await desk.Get<PublishArticle>().PublishDueAsync(Ct));

        Assert.Equal("Big news", Assert.Single(index.Public("en")).Title);
    }

    [Fact]
    public async Task A_time_to_publish_is_the_desk_s_own_and_is_shown()
    {
        await using var desk = new DeskApp();
        var number = (await desk.Get<WriteArticle>().BeginAsync(desk.Founder, new("en") { Title = "Big news", Body = "It is here." }, Ct)).Value;
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/knowledge/{number}");
        Assert.Contains("Publish at (Asia/Shanghai)", founder.Text, StringComparison.Ordinal);

        await founder.PostAsync($"/knowledge/{number}/save", ("do", "publish"), ("text", "en"), ("title", "Big news"), ("body", "It is here."), ("at", "2026-01-06T09:30"));
        await founder.OpenAsync($"/knowledge/{number}");

        Assert.Equal(new DateTimeOffset(2026, 1, 6, 1, 30, 0, TimeSpan.Zero), await desk.ReadAsync(db => db.Set<Article>().Select(a => a.PublishAt).SingleAsync(Ct)));
        Assert.Contains("value=\"2026-01-06T09:30\"", founder.Text, StringComparison.Ordinal);
        Assert.Matches("Scheduled · [^<]*09:30", founder.Text);
    }

    [Fact]
    public async Task An_archived_or_internal_article_is_nowhere_for_customers()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await desk.PublishAsync("Secret discount rules", "Only for us.", "en", state: ArticleState.Internal);
        var index = desk.Get<AnswerIndex>();

        Assert.DoesNotContain(index.Search("secret discount rules", "en", Audience.Public, 5), f => f.Card.Number == number);
        Assert.Contains(index.Search("secret discount rules", "en", Audience.Desk, 5), f => f.Card.Number == number);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await desk.Visitor().GetAsync(new Uri($"/help/en/articles/{number}-secret-discount-rules", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public void A_difference_shows_lines_and_the_words_within_them()
    {
        var lines = TextDiff.Of("一\n保留 30 天\n三", "一\n保留 60 天\n三");

        Assert.Equal([TextDiff.Change.Same, TextDiff.Change.Removed, TextDiff.Change.Added, TextDiff.Change.Same], lines.Select(l => l.Change));
        Assert.Contains(("30", TextDiff.Change.Removed), lines[1].Parts);
        Assert.Contains(("60", TextDiff.Change.Added), lines[2].Parts);
    }

    [Fact]
    public async Task The_editor_saves_while_somebody_writes_and_shows_how_it_looks()
    {
        await using var desk = new DeskApp();
        var founder = desk.Desk();
        var number = (await desk.Get<WriteArticle>().BeginAsync(desk.Founder, new("zh-Hans"), Ct)).Value;
        var page = await founder.PageAsync($"/knowledge/{number}");

        var saved = await founder.SubmitAsync(page, $"/knowledge/{number}/autosave", [("text", "zh"), ("title", "标题"), ("body", "> [!提示] 看这里\n\n1. 一\n2. 二")]);

        var answer = await saved.Content.ReadAsStringAsync(Ct);
        Assert.Contains("已保存", answer, StringComparison.Ordinal);
        Assert.Equal("标题", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.Title).SingleAsync(Ct)));
    }

    private static Task<int> HireAsync(DeskApp desk, Guid id, string name) => desk.ReadAsync(db =>
    {
        db.Add(new Agent { Id = id, Name = name, UserName = name, Email = $"{id:N}@driftnote.example", CreatedAt = desk.Clock.GetUtcNow() });
        return db.SaveChangesAsync(Ct);
    });
}
