using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Writing;

public sealed class StaleSendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_held_back_when_the_customer_wrote_meanwhile()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var say = new ReplyToTicket.Request(opened.Id, "好了", Internal: false) { Seen = new Seen(opened.MessageId, []) };
        await desk.WriteAsCustomerAsync(opened.Id, "不用了，找到了");

        var refused = await desk.Get<HoldReply>().RunAsync(desk.Founder, new(say), Ct);
        var anyway = await desk.Get<HoldReply>().RunAsync(desk.Founder, new(say with { Seen = null }), Ct);

        Assert.Equal("message.stale", refused.Problem?.Code);
        Assert.True(anyway.Ok);
    }

    [Fact]
    public async Task A_colleagues_answer_on_its_way_counts_as_news_and_ones_own_known_one_does_not()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var own = await desk.HoldAsync(opened.Id, "第一句");
        var seen = new Seen(opened.MessageId, [own]);
        Assert.True((await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "备注", Internal: true) { Seen = seen }, Ct)).Ok);
        await desk.PassAsync(TimeSpan.FromSeconds(10));
        await desk.HoldAsync(opened.Id, "我来回", by: Holding.Second);

        var refused = await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(opened.Id, "第二句", Internal: false) { Seen = seen }), Ct);

        Assert.Equal("message.stale", refused.Problem?.Code);
        Assert.Contains("许愿", refused.Problem!.Values.Select(v => v.ToString()));
    }

    [Fact]
    public async Task Without_scripts_the_page_comes_back_with_the_words_and_what_is_new()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var browser = new WebBrowser(desk, language: "zh");
        browser.With(TestSignIn.Header, $"{desk.Founder.Id}|{Uri.EscapeDataString(desk.Founder.Name)}|{desk.Founder.Role}|zh-Hans");
        await browser.OpenAsync($"/inbox/mine/{opened.Number}");
        await desk.WriteAsCustomerAsync(opened.Id, "已经自己找到了");
        (string, string)[] fields = [("markdown", "我来恢复"), ("mode", "Reply"), ("status", "Solved"), ("seen", opened.MessageId.ToString()), ("back", $"/inbox/mine/{opened.Number}")];

        await browser.PostAsync($"/inbox/{opened.Number}/reply", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("已经自己找到了", browser.Text, StringComparison.Ordinal);
        Assert.Contains(">我来恢复</textarea>", browser.Text, StringComparison.Ordinal);
        Assert.Contains("仍然发送", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync($"/inbox/{opened.Number}/reply", [.. fields, ("anyway", "1")]);
        Assert.Equal($"/inbox/mine/{opened.Number}", browser.To);
        var held = (await desk.HeldAsync()).Single();
        await browser.OpenAsync($"/inbox/mine/{opened.Number}");
        Assert.Contains($"/inbox/{opened.Number}/held/{held.Id}", browser.Text, StringComparison.Ordinal);

        // Undo by the form in the page, without scripts as well.
        await browser.PostAsync($"/inbox/{opened.Number}/held/{held.Id}", ("do", "undo"), ("back", $"/inbox/mine/{opened.Number}"));
        await browser.OpenAsync($"/inbox/mine/{opened.Number}");
        Assert.Contains(">我来恢复</textarea>", browser.Text, StringComparison.Ordinal);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<HeldReply>().CountAsync(Ct)));
    }
}
