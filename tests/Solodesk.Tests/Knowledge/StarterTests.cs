using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Common;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Setup;
using Solodesk.Tests.Channels.Web;

namespace Solodesk.Tests.Knowledge;

public sealed class StarterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-Hans", "shop", "怎么退货、换货？")]
    [InlineData("en", "saas", "I cannot sign in")]
    [InlineData("zh-Hans", "it", "连不上网或者 VPN")]
    [InlineData("en", "education", "What if a lesson is missed?")]
    [InlineData("zh-Hans", "health", "怎么预约、改期和取消？")]
    public async Task An_industry_comes_with_drafts_that_nobody_else_sees(string language, string industry, string title)
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new BusinessSettings { SetUp = true, Language = language }, Ct);
        Assert.Contains(title, (await desk.Desk(language).PageAsync("/setup/industry")).Words(), StringComparison.Ordinal);

        Assert.True((await desk.Get<ChooseIndustry>().RunAsync(desk.Founder, industry, Ct)).Ok);

        var articles = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).ToListAsync(Ct));
        Assert.InRange(articles.Count, 4, 6);
        Assert.All(articles, a => Assert.True(a.State == ArticleState.Draft && a.Texts is [{ PublicTitle: null } text] && text.Language == language && text.Questions.Count > 1));
        Assert.InRange(articles.Count(a => TextGaps.First(a.Texts[0].Body) is not null), 3, 6);
        await desk.Get<AnswerIndex>().RebuildAsync(Ct);
        Assert.Empty(desk.Get<AnswerIndex>().Everything);

        // The page says that it is a sample; with its gaps it cannot become public.
        var sample = articles.Single(a => a.Texts[0].Title == title);
        Assert.Contains(language == "en" ? "A sample prepared for your trade" : "按行业准备的样稿", (await desk.Desk(language).PageAsync($"/knowledge/{sample.Number}")).Words(), StringComparison.Ordinal);
        var published = await desk.Get<PublishArticle>().RunAsync(desk.Founder, new(sample.Number, language), Ct);
        Assert.Equal("article.gaps", published.Problem?.Code);
        await desk.WriteAsync(sample.Number, language, title, "Filled in. 填好了。");
        await desk.ShowAsync(sample.Number, language);
    }

    [Fact]
    public async Task Another_choice_takes_back_what_nobody_touched()
    {
        await using var desk = new DeskApp();
        var choose = desk.Get<ChooseIndustry>();
        await choose.RunAsync(desk.Founder, "shop", Ct);
        var first = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).OrderBy(a => a.Number).FirstAsync(Ct));
        await desk.WriteAsync(first.Number, "zh-Hans", first.Texts[0].Title, "我们自己写的。");

        await choose.RunAsync(desk.Founder, "shop", Ct);
        Assert.Equal(5, await desk.ReadAsync(db => db.Set<Article>().CountAsync(Ct)));
        await choose.RunAsync(desk.Founder, "none", Ct);

        Assert.Equal("我们自己写的。", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.Body).SingleAsync(Ct)));
    }
}
