using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Exchange;
using Solodesk.Tickets;

namespace Solodesk.Tests.Knowledge;

/// <summary>What is exported and imported into an empty desk is the same to the last field, its pictures too.</summary>
public sealed class ExchangeRoundTripTests
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("articles.csv"), InlineData("articles.zip")]
    public async Task Everything_survives_an_export_and_an_import_into_an_empty_desk(string file)
    {
        await using var desk = await FullDeskAsync();
        await using var other = new DeskApp();
        await PeopleAsync(other);
        var export = await desk.Desk().GetByteArrayAsync(new Uri($"/knowledge/exchange/{file}", UriKind.Relative), Ct);

        var first = await ImportAsync(other, file, export);
        Assert.Equal(await ShelfOfAsync(desk), await ShelfOfAsync(other));
        Assert.Equal(await CsvOfAsync(desk), await CsvOfAsync(other));
        var second = await ImportAsync(other, file, export);

        var texts = await desk.ReadAsync(db => db.Set<ArticleText>().CountAsync(Ct));
        Assert.Equal((texts, 0, 0, 0), (first.Added, first.Changed, first.Same, first.Remarks.Count));
        Assert.Equal((0, 0, texts, 0), (second.Added, second.Changed, second.Same, second.Remarks.Count));
        Assert.Equal(await CsvOfAsync(desk), await CsvOfAsync(other));
        var picture = await desk.ReadAsync(db => db.Set<Attachment>().SingleAsync(Ct));
        Assert.Equal(Picture, await other.Visitor().GetByteArrayAsync(new Uri($"/files/{picture.Token}/a%20b.png", UriKind.Relative), Ct));
        Assert.Equal(1, await other.ReadAsync(db => db.Set<Attachment>().CountAsync(a => a.HolderId != null, Ct)));
        // The next article takes a number that no imported one has.
        Assert.Equal(1 + await desk.ReadAsync(db => db.Set<Article>().MaxAsync(a => a.Number, Ct)), await other.PublishAsync("One more", "text", "en"));
    }

    [Theory, InlineData("articles.csv"), InlineData("articles.zip")]
    public async Task The_desk_that_exported_it_takes_it_back_unchanged(string file)
    {
        await using var desk = await FullDeskAsync();
        var export = await desk.Desk().GetByteArrayAsync(new Uri($"/knowledge/exchange/{file}", UriKind.Relative), Ct);
        var before = await CsvOfAsync(desk);

        var again = await ImportAsync(desk, file, export);

        Assert.Equal((0, 0, await desk.ReadAsync(db => db.Set<ArticleText>().CountAsync(Ct))), (again.Added, again.Changed, again.Same));
        Assert.Equal(before, await CsvOfAsync(desk));
    }

    [Fact]
    public async Task A_title_changed_in_the_export_changes_the_article_and_makes_no_second_one()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("How do I pay?", "By card.", "en");
        var csv = await CsvOfAsync(desk);

        var done = await ImportAsync(desk, "a.csv", Encoding.UTF8.GetBytes(csv.Replace("How do I pay?", "How can I pay?", StringComparison.Ordinal)));

        Assert.Equal((0, 1, 0), (done.Added, done.Changed, done.Same));
        var article = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).SingleAsync(Ct));
        Assert.Equal((number, "How can I pay?"), (article.Number, article.Texts.Single().PublicTitle));
    }

    [Fact]
    public async Task What_was_refused_is_said_with_its_line()
    {
        await using var desk = new DeskApp();
        var csv = $"question,answer\nFirst?,\"one\ntwo\"\n,No question\nNo answer?,\n\n{new string('x', 301)},Long\nLast?,Yes\n";
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync("/knowledge/exchange");

        await founder.UploadAsync("/knowledge/exchange", "file", "faq.csv", Encoding.UTF8.GetBytes(csv), "text/csv", ("publish", "1"));
        var page = founder.Text;

        Assert.Equal(HttpStatusCode.OK, founder.Status);
        Assert.Contains("2 added, 0 changed, 0 the same", page, StringComparison.Ordinal);
        Assert.Contains("3 refused", page, StringComparison.Ordinal);
        Assert.Contains("<code>faq.csv:4</code> refused: no question", page, StringComparison.Ordinal);
        Assert.Contains("<code>faq.csv:5</code> refused: no answer", page, StringComparison.Ordinal);
        Assert.Contains("<code>faq.csv:7</code> refused: the question is longer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_of_somebody_elses_folder_come_along_once()
    {
        await using var desk = new DeskApp();
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var text = new StreamWriter(zip.CreateEntry("docs/billing/pay.md").Open()))
            {
                await text.WriteAsync("# Paying\n\nSee ![the page](../img/page.png) and ![gone](gone.png) and [the web](https://example.com/x.png).");
            }

            await using var picture = zip.CreateEntry("docs/img/page.png").Open();
            await picture.WriteAsync(Picture, Ct);
        }

        var first = await ImportAsync(desk, "a.zip", bytes.ToArray());
        var second = await ImportAsync(desk, "a.zip", bytes.ToArray());

        var kept = await desk.ReadAsync(db => db.Set<Attachment>().SingleAsync(Ct));
        Assert.Equal((1, 1), (first.Added, second.Same));
        Assert.Equal(new ImportRemark("docs/billing/pay.md", "file_missing", false, "gone.png"), first.Remarks.Single());
        Assert.Equal($"See ![the page](/files/{kept.Token}/page.png) and ![gone](gone.png) and [the web](https://example.com/x.png).", (await desk.ReadAsync(db => db.Set<ArticleText>().SingleAsync(Ct))).PublicBody);
    }

    [Fact]
    public async Task Rows_that_name_one_article_are_its_translations_and_a_path_is_a_tree_of_categories()
    {
        await using var desk = new DeskApp();
        var done = await ImportAsync(desk, "a.csv", Encoding.UTF8.GetBytes("question,answer,language,article,topic,kind,questions\n怎么付款？,用卡。,zh-Hans,7,账单 > 付款,Tutorial,\"付钱\n结账\"\nHow do I pay?,By card.,en,7,账单 > 付款,,\n"));

        Assert.Equal(2, done.Added);
        var article = await desk.ReadAsync(db => db.Set<Article>().Include(a => a.Texts).SingleAsync(Ct));
        Assert.Equal(("zh-Hans", ArticleKind.Tutorial, 2), (article.Language, article.Kind, article.Texts.Count));
        Assert.Equal(["付钱", "结账"], article.In("zh-Hans")!.Questions);
        var topics = await desk.ReadAsync(db => db.Set<Topic>().ToListAsync(Ct));
        Assert.Equal(topics.Single(t => t.Names.ContainsValue("账单")).Id, topics.Single(t => t.Id == article.TopicId).ParentId);
    }

    /// <summary>A desk with an article of every kind in every state, in both languages and in one, with all that an article can have.</summary>
    private static async Task<DeskApp> FullDeskAsync()
    {
        var desk = new DeskApp();
        await PeopleAsync(desk);
        var edit = desk.Get<EditTopics>();
        var top = (await edit.SaveAsync(desk.Founder, new(null, "账单 > 钱", "Bills, \"money\"", "付款 > 发票", "Pay", "receipt", null), Ct)).Value;
        var last = (await edit.SaveAsync(desk.Founder, new(null, "安全", "Security", "", "Keys", "shield", null), Ct)).Value;
        var below = (await edit.SaveAsync(desk.Founder, new(null, "发票", "Invoices", "", "", "code", top), Ct)).Value;
        // Not in the order that they were made in.
        Assert.True((await edit.MoveAsync(desk.Founder, last, -1, Ct)).Ok);
        string[] bodies =
        [
            "- a list\n- of \"two\", with commas", "  indented\n\n```html\n<div>code</div><br>\n```\n", "'=apostrophe", "=SUM(A1)", "第一步。\n第二步；完。", "@mention\n---\nnot front matter: x\n---\n",
        ];
        var write = desk.Get<WriteArticle>();
        var n = 0;
        foreach (var kind in Enum.GetValues<ArticleKind>())
        {
            foreach (var state in Enum.GetValues<ArticleState>())
            {
                var (language, translated) = n % 2 == 0 ? ("zh-Hans", "en") : ("en", "zh-Hans");
                var begun = (await write.BeginAsync(desk.Founder, new(language, kind)
                {
                    Title = $"\"{kind}\": {state}? #{n}",
                    Body = bodies[n % bodies.Length],
                    TopicId = (n % 4) switch { 0 => top, 1 => below, 2 => last, _ => null },
                    Tags = n % 4 == 0 ? ["a, b", "[c]", "d|e"] : n % 4 == 1 ? ["plain", "标签"] : [],
                    Questions = n % 2 == 0 ? ["another, way", "还有一种"] : [],
                }, Ct)).Value;
                await SumUpAsync(desk, begun, language, n % 4 == 3 ? null : $"In short, \"{n}\": yes");
                if (state != ArticleState.Draft)
                {
                    await desk.ShowAsync(begun, language, state == ArticleState.Internal ? state : ArticleState.Public);
                }

                if (n % 3 != 2)
                {
                    await desk.WriteAsync(begun, translated, $"Translation {n}", bodies[(n + 1) % bodies.Length]);
                    if (state is ArticleState.Public)
                    {
                        desk.Clock.Advance(TimeSpan.FromMinutes(1));
                        await desk.ShowAsync(begun, translated);
                        // Behind its original, which is itself being written again.
                        await desk.WriteAsync(begun, language, $"Newer {n}", "Newer words");
                        await desk.ShowAsync(begun, language);
                        await desk.WriteAsync(begun, language, $"Newest {n}", "Newest words, \"not\" shown yet\n\n- [ ] x");
                        await SumUpAsync(desk, begun, language, n % 2 == 0 ? "" : $"In other words {n}");
                    }
                }

                var at = desk.Clock.GetUtcNow();
                var owner = n % 5 == 0 ? (Guid?)null : Owner;
                var number = n;
                Assert.True((await write.ArrangeAsync(desk.Founder, begun, article =>
                {
                    (article.State, article.PublishAt) = (state, state == ArticleState.Scheduled ? at.AddDays(3) : null);
                    (article.OwnerId, article.ForBot, article.Asks) = (owner, number % 2 == 0, number % 3 == 0 ? "order" : "");
                    (article.ReviewDays, article.ReviewAt) = number % 2 == 0 ? ((int?)90, (DateTimeOffset?)at.AddDays(90)) : (null, null);
                }, Ct)).Ok);
                n++;
            }
        }

        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync("/knowledge/1");
        await founder.UploadAsync("/knowledge/1/image", "image", "a b.png", Picture, "image/png");
        var markdown = JsonNode.Parse(founder.Text)!["markdown"]!.GetValue<string>();
        await desk.WriteAsync(1, "zh-Hans", "有图", $"看图：{markdown}，再看一次 {markdown}");
        await desk.WriteAsync(1, "en", "With a picture", $"Look: {markdown}");
        return desk;
    }

    private static async Task SumUpAsync(DeskApp desk, long number, string language, string? summary)
    {
        var text = await desk.ReadAsync(db => db.Set<Article>().Where(a => a.Number == number).SelectMany(a => a.Texts).SingleAsync(t => t.Language == language, Ct));
        Assert.True((await desk.Get<WriteArticle>().SaveAsync(desk.Founder, new(number, language, text.Title, text.Body, null) { Summary = summary }, Ct)).Ok);
    }

    private static Guid Owner { get; } = Guid.Parse("019b0000-0000-7000-8000-0000000000aa");

    private static async Task PeopleAsync(DeskApp desk) => Assert.True((await desk.Get<DeskWriter>().RunAsync<Done>(db =>
    {
        db.Users.Add(new Agent { Id = Owner, Name = "Lin", UserName = "lin@example.com", Email = "lin@example.com" });
        return Task.FromResult<Result<Done>>(Done.It);
    }, Ct)).Ok);

    private static async Task<ImportOutcome> ImportAsync(DeskApp desk, string name, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var done = await desk.Get<ImportArticles>().RunAsync(desk.Founder, ReadImport.Read(name, stream), publish: true, Ct);
        Assert.True(done.Ok, done.Problem?.Code);
        return done.Value;
    }

    private static Task<string> CsvOfAsync(DeskApp desk) => desk.Desk().GetStringAsync(new Uri("/knowledge/exchange/articles.csv", UriKind.Relative), Ct);

    /// <summary>What the export must carry, read from the database so that nothing that the export forgets is forgotten here too.</summary>
    private static async Task<string> ShelfOfAsync(DeskApp desk)
    {
        var topics = await desk.ReadAsync(db => db.Set<Topic>().AsNoTracking().ToListAsync(Ct));
        var articles = await desk.ReadAsync(db => db.Set<Article>().AsNoTracking().Include(a => a.Texts).OrderBy(a => a.Number).ToListAsync(Ct));
        var all = new StringBuilder();
        foreach (var t in topics.OrderBy(t => t.Position))
        {
            all.AppendLine(CultureInfo.InvariantCulture, $"{t.Slug} {t.Icon} «{t.Lines.GetValueOrDefault("zh-Hans", "")}» «{t.Lines.GetValueOrDefault("en", "")}»");
        }

        foreach (var a in articles)
        {
            var topic = topics.Find(t => t.Id == a.TopicId);
            var above = topics.Find(t => t.Id == topic?.ParentId);
            all.AppendLine(CultureInfo.InvariantCulture, $"{a.Number} {a.Id} {a.Kind} {a.State} {a.Language} {a.OwnerId} {a.ReviewDays} {a.ReviewAt:O} {a.PublishAt:O} {a.ForBot} {a.Asks} tags {string.Join('/', a.Tags)} topic {above?.Slug} {above?.Name("en")} {above?.Name("zh-Hans")} {topic?.Slug} {topic?.Name("en")} {topic?.Name("zh-Hans")}");
            foreach (var t in a.Texts.OrderBy(t => t.Language, StringComparer.Ordinal))
            {
                all.AppendLine(CultureInfo.InvariantCulture, $"  {t.Language} «{t.Title}» «{t.Body}» {string.Join('/', t.Questions)} «{t.Summary}» «{t.PublicTitle}» «{t.PublicBody}» «{t.PublicSummary}» {t.PublishedAt:O} {t.FirstPublishedAt:O} behind {a.Behind(t)}");
            }
        }

        return all.ToString();
    }
}
