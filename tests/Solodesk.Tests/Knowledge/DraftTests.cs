using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Solodesk.Jobs;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Drafts;
using Solodesk.Live;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Knowledge;

public sealed class DraftTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_written_from_the_articles_cites_them_and_is_sent_by_nobody()
    {
        await using var service = await AiStage.StartAsync();
        service.Says = asked => asked.Contains("[NAME-", StringComparison.Ordinal) ? "[NAME-1] 你好：\n\n发票在账单页开 [1]。" : "NONE";
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk);
        var number = await OpenAsync(desk, "怎么开发票？", "你好，我是林晓棠，电话 138-0013-8000，怎么开发票？");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.Contains("起草", founder.Text, StringComparison.Ordinal);
        Assert.Empty(service.All);

        await founder.PostAsync($"/inbox/{number}/offer/write", ("back", $"/inbox/mine/{number}"), ("markdown", "先打了一半"));
        Assert.Equal($"/inbox/mine/{number}", founder.To);
        await founder.OpenAsync($"/inbox/all/{number}");

        Assert.Contains("AI 草稿", founder.Text, StringComparison.Ordinal);
        Assert.Contains("《怎么开发票？》", founder.Text, StringComparison.Ordinal);
        Assert.Contains("发票在账单页开 [1]。", founder.Text, StringComparison.Ordinal);
        Assert.Contains("填抬头和税号", service.Asked, StringComparison.Ordinal);
        foreach (var secret in (string[])["林晓棠", "晓棠", "138-0013-8000", "lin@example.com"])
        {
            Assert.DoesNotContain(secret, service.Asked + service.Rules, StringComparison.Ordinal);
        }

        // Taken without scripts it stands behind what was typed; the customer reads no marks.
        await founder.PostAsync($"/inbox/{number}/offer/take", ("markdown", "先打了一半"));
        var draft = await desk.ReadAsync(db => db.Set<Draft>().SingleAsync(Ct));
        Assert.Equal("先打了一半\n\n林晓棠 你好：\n\n发票在账单页开。", draft.Markdown);
        Assert.Equal(ReplyDraftState.Taken, await desk.ReadAsync(db => db.Set<ReplyDraft>().Select(d => d.State).SingleAsync(Ct)));
        Assert.Equal(ArticleUseKind.Inserted, await desk.ReadAsync(db => db.Set<ArticleUse>().Select(u => u.Kind).SingleAsync(Ct)));
        Assert.False(await desk.ReadAsync(db => db.Set<Message>().AnyAsync(m => m.Kind == MessageKind.Reply && !m.Automatic, Ct)));
        Assert.False(await desk.ReadAsync(db => db.Set<HeldReply>().AnyAsync(Ct)));
        var call = await desk.ReadAsync(db => db.Set<AiCall>().SingleAsync(Ct));
        Assert.True(call is { Purpose: "draft", Masked: >= 2, Failure: "" });
    }

    [Fact]
    public async Task Another_version_is_told_what_was_not_wanted_and_a_dropped_one_stays_away()
    {
        await using var service = await AiStage.StartAsync("The invoice is under Billing [1].");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk);
        var number = await OpenAsync(desk, "Where can I see my invoice?", "Hello, where can I see my invoice?");
        var founder = new FormBrowser(desk.Desk("en"));
        await founder.OpenAsync($"/inbox/all/{number}");
        await founder.PostAsync($"/inbox/{number}/offer/write");
        service.Says = _ => "Look under Account [1].";
        await founder.PostAsync($"/inbox/{number}/offer/write");
        Assert.Contains("The invoice is under Billing", service.Asked, StringComparison.Ordinal);
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<ReplyDraft>().Select(d => d.Attempt).SingleAsync(Ct)));
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.Contains("AI draft", founder.Text, StringComparison.Ordinal);
        Assert.Contains("Look under Account [1].", founder.Text, StringComparison.Ordinal);

        await founder.PostAsync($"/inbox/{number}/offer/drop");
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.DoesNotContain("Look under Account", founder.Text, StringComparison.Ordinal);
        Assert.Contains("/offer/write", founder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_service_the_same_place_offers_the_articles_own_answer()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{number}");

        Assert.Contains("文章摘录", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("AI 草稿", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/offer/write", founder.Text, StringComparison.Ordinal);
        await founder.PostAsync($"/inbox/{number}/offer/take");
        Assert.Contains("填抬头和税号", await desk.ReadAsync(db => db.Set<Draft>().Select(d => d.Markdown).SingleAsync(Ct)), StringComparison.Ordinal);
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.DoesNotContain("class=\"offer\"", founder.Text, StringComparison.Ordinal);

        // What fits badly is not offered: the articles beside the ticket are enough.
        var far = await OpenAsync(desk, "火星上有没有生命", "请问火星上有没有生命？");
        await founder.OpenAsync($"/inbox/all/{far}");
        Assert.DoesNotContain("class=\"offer\"", founder.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "文章没有", "对方出了故障")]
    [InlineData(200, "NONE", "没有起草")]
    [InlineData(200, "A reply that cites nothing", "没有起草")]
    public async Task Why_there_is_no_draft_is_said_and_the_articles_answer_stands(int status, string says, string said)
    {
        await using var service = await AiStage.StartAsync(says);
        service.Status = status;
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk);
        var number = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{number}");
        await founder.PostAsync($"/inbox/{number}/offer/write");
        await founder.OpenAsync(founder.To!);

        Assert.Contains(said, founder.Text, StringComparison.Ordinal);
        Assert.Contains("文章摘录", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(says == "A reply that cites nothing" ? says : "AI 草稿", founder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_are_prepared_only_where_the_setting_says_so_and_once_for_a_message()
    {
        await using var service = await AiStage.StartAsync("在账单页 [1]。");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        await OpenAsync(desk, "火星上有没有生命", "请问火星上有没有生命？");
        await service.UseAsync(desk);
        await PrepareAsync(desk);
        Assert.Empty(service.All);

        await service.UseAsync(desk, prepares: true);
        await PrepareAsync(desk);
        await PrepareAsync(desk);
        Assert.Single(service.All);
        Assert.Contains("在账单页 [1]。", await desk.Desk().PageAsync($"/inbox/all/{number}"), StringComparison.Ordinal);

        // Answered by hand: nothing is offered any more.
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.Number == number, Ct));
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket.Id, "开好了", false), Ct);
        var answered = await desk.Desk().PageAsync($"/inbox/all/{number}");
        Assert.DoesNotContain("class=\"offer\"", answered, StringComparison.Ordinal);
        // Its place stays and follows the ticket, so that the next draft appears on the open page.
        Assert.Contains($"<div id=\"reply-draft\" hidden data-live=\"{number}\"", answered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prepared_draft_is_seen_where_work_is_chosen_until_somebody_speaks()
    {
        await using var service = await AiStage.StartAsync("在账单页 [1]。");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var first = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        var second = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        await service.UseAsync(desk, prepares: true);
        var (versions, lines) = await StandAsync(desk);
        var told = new ConcurrentQueue<LiveChange>();
        desk.Get<LiveFeed>().Changed += changes => changes.ToList().ForEach(told.Enqueue);
        Assert.Equal(0, Count(await desk.Desk().PageAsync("/inbox/mine"), "草稿已备"));

        await PrepareAsync(desk);

        // Open pages are told; for the ticket itself nothing has happened.
        Assert.Equal([first, second], told.Where(c => c.Kind == TicketEventKind.DraftChanged).Select(c => c.Number).Order());
        Assert.Equal((versions, lines), await StandAsync(desk));
        Assert.Equal(2, Count(await desk.Desk().PageAsync("/inbox/mine"), "草稿已备"));
        var today = await desk.Desk().PageAsync("/");
        Assert.Contains("<div class=\"draft\"", today, StringComparison.Ordinal);
        Assert.Contains("在账单页。", today, StringComparison.Ordinal);
        Assert.Contains("《怎么开发票？》", today, StringComparison.Ordinal);
        Assert.Equal(1, Count(today, "title=\"草稿已备\""));

        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{first}");
        await founder.PostAsync($"/inbox/{first}/offer/drop");
        Assert.Equal(1, Count(await desk.Desk().PageAsync("/inbox/mine"), "草稿已备"));
        var later = desk.Clock.GetUtcNow().AddMinutes(1);
        await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Number == second).ExecuteUpdateAsync(s => s.SetProperty(t => t.LastMessageAt, later), Ct));
        Assert.Equal(0, Count(await desk.Desk().PageAsync("/inbox/mine"), "草稿已备"));
        Assert.DoesNotContain("<div class=\"draft\"", await desk.Desk().PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prepared_reply_is_sent_from_today_as_it_was_read_once_and_can_be_taken_back()
    {
        await using var service = await AiStage.StartAsync("在账单页 [1]。");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        await service.UseAsync(desk, prepares: true);
        await PrepareAsync(desk);
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync("/");
        Assert.Contains($"/inbox/{number}/offer/send", founder.Text, StringComparison.Ordinal);
        var id = Guid.CreateVersion7().ToString();
        // A note of ours behind the question is nothing new to who has it on the page.
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Id).SingleAsync(Ct)), "看过日志", true), Ct);
        await founder.OpenAsync("/");
        var seen = founder.Text.Split("name=\"seen\" value=\"")[1][..36];

        // Another version was written meanwhile: what was read is not what would leave.
        await founder.PostAsync($"/inbox/{number}/offer/send", ("id", id), ("attempt", "9"), ("back", $"/inbox/mine/{number}"));
        Assert.Equal(422, (int)founder.Status);
        Assert.Contains("你看过之后草稿变了", founder.Text, StringComparison.Ordinal);
        Assert.False(await desk.ReadAsync(db => db.Set<HeldReply>().AnyAsync(Ct)));

        for (var twice = 0; twice < 2; twice++)
        {
            await founder.OpenAsync("/");
            await founder.PostAsync($"/inbox/{number}/offer/send", ("id", id), ("attempt", "1"), ("seen", seen), ("back", $"/inbox/mine/{number}"));
        }

        var held = await desk.ReadAsync(db => db.Set<HeldReply>().SingleAsync(Ct));
        Assert.Equal(("在账单页。", TicketStatus.Pending), (held.Markdown, held.Status));
        Assert.Equal(ReplyDraftState.Taken, await desk.ReadAsync(db => db.Set<ReplyDraft>().Select(d => d.State).SingleAsync(Ct)));
        Assert.Equal(ArticleUseKind.Inserted, await desk.ReadAsync(db => db.Set<ArticleUse>().Select(u => u.Kind).SingleAsync(Ct)));
        await founder.OpenAsync($"/?done={number}&held={held.Id}");
        Assert.Contains("发给 林晓棠", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"n{number}\"", founder.Text, StringComparison.Ordinal);

        await founder.PostAsync($"/inbox/{number}/held/{held.Id}", ("do", "undo"), ("back", $"/inbox/mine/{number}"));
        await founder.OpenAsync($"/inbox/mine/{number}");
        Assert.Contains("在账单页。", founder.Text, StringComparison.Ordinal);
        Assert.False(await desk.ReadAsync(db => db.Set<Message>().AnyAsync(m => m.Kind == MessageKind.Reply && !m.Automatic, Ct)));
    }

    [Fact]
    public async Task A_prepared_reply_is_not_sent_over_words_of_ones_own()
    {
        await using var service = await AiStage.StartAsync("在账单页 [1]。");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        await service.UseAsync(desk, prepares: true);
        await PrepareAsync(desk);
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/mine/{number}");
        await founder.PostAsync($"/inbox/{number}/draft", ("markdown", "我自己写的"), ("mode", "Reply"));
        await founder.OpenAsync("/");
        Assert.Contains("<div class=\"draft\"", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/offer/send", founder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_is_not_asked_for_every_ticket()
    {
        await using var service = await AiStage.StartAsync();
        service.Status = 503;
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk, prepares: true);
        for (var i = 0; i < 3; i++)
        {
            await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        }

        await PrepareAsync(desk);
        await PrepareAsync(desk);
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<AiCall>().CountAsync(Ct)));
        desk.Clock.Advance(TimeSpan.FromMinutes(11));
        (service.Status, service.Says) = (200, _ => "在账单页 [1]。");
        await PrepareAsync(desk);
        Assert.Equal(3, await desk.ReadAsync(db => db.Set<ReplyDraft>().CountAsync(d => d.State == ReplyDraftState.Offered, Ct)));
    }

    private static async Task PrepareAsync(DeskApp desk) => await desk.Get<IEnumerable<IPeriodicJob>>().OfType<PrepareDrafts>().Single().RunAsync(Ct);

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    private static async Task<(long Versions, int Lines)> StandAsync(DeskApp desk)
        => await desk.ReadAsync(async db => (await db.Set<Ticket>().SumAsync(t => t.Version, Ct), await db.Set<TicketEvent>().CountAsync(Ct)));

    private static async Task<long> OpenAsync(DeskApp desk, string subject, string body)
    {
        // The customer writes, not the founder.
        var opened = await desk.Get<OpenTicket>().RunAsync(Solodesk.Common.Actor.Customer(Guid.CreateVersion7(), "林晓棠"), new(subject, body, "web") { CustomerEmail = "lin@example.com", CustomerName = "林晓棠" }, Ct);
        Assert.True(opened.Ok, opened.Problem?.Code);
        return opened.Value.Number;
    }
}
