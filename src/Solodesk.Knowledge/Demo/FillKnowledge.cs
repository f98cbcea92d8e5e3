using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Gaps;
using Solodesk.Setup.Demo;

namespace Solodesk.Knowledge.Demo;

/// <summary>The help centre of the made-up company, with a month of readers behind it.</summary>
internal sealed class FillKnowledge(TimeProvider clock) : IDemoFiller
{
    // What people look for and do not find, newest first; the numbers are how often.
    private static readonly (string Text, string Language, int Times)[] Missing =
    [
        ("墨水屏 刷新", "zh-Hans", 9), ("家庭版", "zh-Hans", 7), ("鸿蒙版什么时候有", "zh-Hans", 5), ("Linux client", "en", 4), ("墨水屏怎么刷新", "zh-Hans", 3),
        ("有家庭套餐吗", "zh-Hans", 3), ("is there a Linux app", "en", 3), ("dark e-ink mode", "en", 1), ("鸿蒙系统能装吗", "zh-Hans", 2),
    ];

    public async Task FillAsync(DeskDb db, DemoScene scene, CancellationToken ct)
    {
        var shelf = ShelfFile.Read("articles.md");
        var articles = await ShelveAsync(db, shelf, scene, ct);
        var chance = new Random(20190714);
        foreach (var (article, place) in articles.Select((a, i) => (a, i)))
        {
            for (var day = 0; day < 60; day++)
            {
                var views = chance.Next(0, 3 + (200 / (place + 8)));
                if (views > 0)
                {
                    var helpful = chance.Next(0, 1 + (views / 4));
                    db.Add(new ArticleDay
                    {
                        ArticleId = article.Id,
                        Language = "zh-Hans",
                        Day = DateOnly.FromDateTime(scene.Now.UtcDateTime).AddDays(-day),
                        Views = views,
                        Helpful = helpful,
                        NotHelpful = helpful > 0 && chance.NextDouble() < 0.08 + (place % 7 * 0.05) ? 1 : 0,
                        Saved = helpful / 2,
                    });
                }
            }
        }

        var lost = articles.First(a => a.Texts[0].Title == "找回被合并的版本");
        db.Add(new ArticleFeedback { Id = Ids.New(clock), ArticleId = lost.Id, Language = "zh-Hans", Reason = "phone", Words = "手机上没有“历史”按钮", At = scene.Now.AddHours(-20) });
        db.Add(new ArticleFeedback { Id = Ids.New(clock), ArticleId = lost.Id, Language = "zh-Hans", Helpful = true, Words = "找回来了，谢谢！", At = scene.Now.AddDays(-9), Handled = true });
        foreach (var (text, language, times) in Missing)
        {
            for (var i = 0; i < times; i++)
            {
                db.Add(new AskedQuestion { Id = Ids.New(clock), Channel = i % 3 == 0 ? "support" : "help", Text = text, Language = language, Confidence = 0.1, At = scene.Now.AddHours(-3 - (i * 17) - chance.Next(12)) });
            }
        }

        // Ten weeks of questions that found something, so that the match rate has a past.
        var titles = articles.SelectMany(a => a.Texts.Select(t => (Article: a, Text: t))).ToList();
        for (var i = 0; i < 900; i++)
        {
            var (article, text) = titles[chance.Next(titles.Count)];
            var channel = ((string[])["help", "help", "help", "support", "contact", "chat", "ticket"])[chance.Next(7)];
            var at = scene.Now.AddHours(-chance.Next(1, 70 * 24));
            var matched = chance.NextDouble() < 0.62 + (0.2 * (1 - ((scene.Now - at).TotalDays / 70)));
            db.Add(new AskedQuestion
            {
                Id = Ids.New(clock),
                Channel = channel,
                Text = text.Questions.Count > 0 ? text.Questions[chance.Next(text.Questions.Count)] : text.Title,
                Language = text.Language,
                Matched = matched,
                Confidence = matched ? 0.6 + (chance.NextDouble() * 0.35) : 0.2,
                ArticleId = matched ? article.Id : null,
                At = at,
                Settled = !matched,
            });
        }

        FillConversations.Put(db, articles, scene.Now, clock);
        db.Add(new ArticleChange { At = scene.Now });
    }

    /// <summary>Puts a shelf of articles up, published; gives them back in order.</summary>
    internal async Task<List<Article>> ShelveAsync(DeskDb db, ShelfFile.Shelf shelf, DemoScene scene, CancellationToken ct)
    {
        var articles = new List<Article>();
        foreach (var (category, position) in shelf.Topics.Select((t, i) => (t, i)))
        {
            var topic = new Topic
            {
                Id = Ids.New(clock),
                Slug = category.Slug,
                Icon = category.Icon,
                Position = position,
                Names = new() { ["zh-Hans"] = category.Chinese, ["en"] = category.English },
                Lines = new() { ["zh-Hans"] = category.ChineseLine, ["en"] = category.EnglishLine },
            };
            db.Add(topic);
            foreach (var piece in category.Articles)
            {
                articles.Add(await PutAsync(db, topic, piece, scene, articles.Count, ct));
            }
        }

        return articles;
    }

    private async Task<Article> PutAsync(DeskDb db, Topic topic, ShelfFile.Piece piece, DemoScene scene, int place, CancellationToken ct)
    {
        var at = scene.Now.AddDays(-12 - (place * 5)).AddMinutes(place * 37);
        var article = new Article
        {
            Id = Ids.New(clock),
            Number = await Counter.NextAsync(db, "article", ct),
            Kind = piece.Kind,
            State = ArticleState.Public,
            TopicId = topic.Id,
            Tags = [.. piece.Tags],
            Asks = piece.Asks,
            Language = "zh-Hans",
            OwnerId = scene.Founder,
            ReviewDays = place % 3 == 0 ? 90 : null,
            ReviewAt = place % 3 == 0 ? at.AddDays(place % 9 == 0 ? 200 : 300) : null,
            CreatedAt = at,
            UpdatedAt = at,
        };
        db.Add(article);
        foreach (var (language, words) in piece.Texts)
        {
            var body = words.Body.ToString().Trim() + "\n";
            // Without a navigation to the article: the caller's context does not watch what hangs on what.
            var text = new ArticleText
            {
                Id = Ids.New(clock),
                ArticleId = article.Id,
                Language = language,
                Title = words.Title,
                Body = body,
                Questions = words.Questions,
                PublicTitle = words.Title,
                PublicBody = body,
                PublishedAt = at,
                FirstPublishedAt = at,
                Version = 1,
                BasedOn = 1,
                UpdatedAt = at,
            };
            article.Texts.Add(text);
            db.Add(text);
            db.Add(new ArticleVersion { Id = Ids.New(clock), ArticleId = article.Id, Language = language, Number = 1, Title = words.Title, Body = body, Author = scene.FounderName, At = at });
        }

        return article;
    }
}
