using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Exchange;

namespace Solodesk.Tests.Knowledge;

public sealed class ExchangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_csv_of_questions_and_answers_can_be_asked_right_away()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var pieces = Read("faq.csv", "question,answer\r\n\"营业时间是几点？\",\"周一到周五\n九点到六点\"\r\nDo you ship abroad?,\"Yes, \"\"everywhere\"\".\"\r\n");

        var done = await desk.Get<ImportArticles>().RunAsync(desk.Founder, pieces, publish: true, Ct);

        Assert.Equal(new ImportOutcome(2, 0, 0, 0), done.Value);
        Assert.Contains("九点到六点", (await desk.SupportAsync("你们几点营业，营业时间"))["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("\"everywhere\"", (await desk.SupportAsync("do you ship abroad"))["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Get<ImportArticles>().RunAsync(desk.Founder, pieces, true, Ct)).Value.Same);
    }

    [Fact]
    public async Task A_question_that_stands_in_a_file_twice_gets_the_later_answer_and_keeps_the_earlier_as_a_version()
    {
        await using var desk = new DeskApp();
        for (var round = 1; round <= 2; round++)
        {
            var done = await desk.Get<ImportArticles>().RunAsync(desk.Founder, Read("faq.csv", $"question,answer\nDo you ship?,No {round}.\ndo you SHIP?,Soon {round}.\nDo you ship?,Yes {round}.\n"), publish: true, Ct);
            Assert.True(done.Ok, done.Problem?.Code);
        }

        var article = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).SingleAsync(Ct));
        Assert.Equal("Yes 2.", article.Texts.Single().PublicBody);
        Assert.Equal(["No 1.", "Soon 1.", "Yes 1.", "No 2.", "Soon 2.", "Yes 2."], await desk.ReadAsync(db => db.Set<ArticleVersion>().OrderBy(v => v.Number).Select(v => v.Body).ToListAsync(Ct)));
    }

    [Fact]
    public void Zendesk_and_Chatwoot_exports_are_understood()
    {
        var zendesk = Read("articles.json", """{"articles":[{"id":7,"title":"Reset a password","body":"<p>Open <b>Settings</b>:</p><ol><li>Go to <a href=\"https://x.example\">Security</a></li><li>Press</li></ol><script>x</script>","locale":"en-us","draft":false,"label_names":["login"]}]}""");
        Assert.Equal(("Reset a password", "en-us", "login"), (zendesk[0].Title, zendesk[0].Language, zendesk[0].Tags[0]));
        Assert.Equal("Open **Settings**:\n\n1. Go to [Security](https://x.example)\n2. Press", zendesk[0].Body);

        var chatwoot = Read("articles.json", """{"payload":[{"id":1,"title":"发票","content":"在账单页","status":"published","category":{"name":"付款"},"locale":"zh_CN"},{"id":2,"title":"x","content":"y","status":"draft"}]}""");
        Assert.Equal(("付款", ArticleState.Public, ArticleState.Draft), (chatwoot[0].Topic, chatwoot[0].State, chatwoot[1].State));
    }

    [Fact]
    public async Task Nothing_that_was_not_for_everybody_becomes_so_by_moving()
    {
        await using var desk = new DeskApp();
        var csv = Read("faq.csv", "question,answer,state\nOne?,1,internal\nTwo?,2,archived\nThree?,3,scheduled\nFour?,4,public\n");
        var zendesk = Read("articles.json", """{"articles":[{"id":7,"title":"For staff","body":"<p>Secret</p>","user_segment_id":12},{"id":8,"title":"For all","body":"<p>Open</p>","user_segment_id":null}]}""");

        foreach (var pieces in new[] { csv, zendesk })
        {
            Assert.True((await desk.Get<ImportArticles>().RunAsync(desk.Founder, pieces, publish: true, Ct)).Ok);
        }

        var states = await desk.ReadAsync(db => db.Set<Article>().OrderBy(a => a.Number).Select(a => a.State).ToListAsync(Ct));
        Assert.Equal([ArticleState.Internal, ArticleState.Draft, ArticleState.Draft, ArticleState.Public, ArticleState.Internal, ArticleState.Public], states);
    }

    [Fact]
    public void A_folder_of_Markdown_keeps_titles_topics_and_languages()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "billing/1-invoice.zh.md", "---\ntitle: 发票\ntags: 账单, 发票\n---\n\n在账单页。");
            Put(zip, "billing/1-invoice.en.md", "# Invoices\n\nOn the billing page.");
        }

        bytes.Position = 0;
        var pieces = ReadImport.Read("a.zip", bytes);

        Assert.Equal(["发票", "Invoices"], pieces.Select(p => p.Title));
        Assert.All(pieces, p => Assert.Equal("billing", p.Topic));
        Assert.Equal(["zh-Hans", "en"], pieces.Select(ReadImport.LanguageOf));
        Assert.Single(pieces.Select(p => p.Key).Distinct());
    }

    [Fact]
    public async Task What_was_exported_comes_back_the_same()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var csv = await desk.Desk().GetStringAsync(new Uri("/knowledge/exchange/articles.csv", UriKind.Relative), Ct);

        var again = await desk.Get<ImportArticles>().RunAsync(desk.Founder, Read("articles.csv", csv), true, Ct);

        Assert.Equal((0, 0, 7), (again.Value.Added, again.Value.Changed, again.Value.Same));
        Assert.Equal(7, await desk.ReadAsync(db => db.Set<Article>().CountAsync(Ct)));
    }

    [Theory, InlineData("x.csv", "only one column\nx"), InlineData("x.json", "{broken"), InlineData("x.csv", "")]
    public void What_is_no_export_is_refused(string name, string text) => Assert.Throws<InvalidDataException>(() => Read(name, text));

    private static IReadOnlyList<ReadImport.Piece> Read(string name, string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ReadImport.Read(name, stream);
    }

    private static void Put(ZipArchive zip, string path, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        writer.Write(text);
    }
}
