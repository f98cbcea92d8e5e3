using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Solodesk.Channels.Bot;
using Solodesk.Chat.Talk;
using Solodesk.Tickets;

namespace Solodesk.Tests.Chat;

/// <summary>The bot speaks first, a person whenever it or the visitor wants one.</summary>
public sealed class BotTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_greets_and_answers_with_its_source_and_the_founder_is_left_alone()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        var greeting = await widget.UntilAsync("greet");
        Assert.Equal("退款", greeting.GetProperty("choices")[0].GetString());

        await widget.SayAsync("怎么退款");
        var line = await widget.LineAsync("bot");

        Assert.Equal("退款规则", line.GetProperty("bot").GetProperty("sources")[0].GetProperty("title").GetString());
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal((TicketStatus.Pending, TicketQueue.Waiting), (ticket.Status, ticket.Queue));
        Assert.Null(ticket.FirstRepliedAt);
        Assert.Equal(2, ticket.MessageCount);
        Assert.Contains("href=\"/knowledge/bot/", await desk.Desk().GetStringAsync(new Uri($"/inbox/all/{ticket.Number}", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_does_not_know_goes_to_a_person_with_the_whole_conversation()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("怎么退款");
        await widget.LineAsync("bot");
        await widget.SayAsync("会飞吗");
        await widget.LineAsync("handedOver");

        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal((TicketStatus.Open, TicketQueue.Mine, true), (ticket.Status, ticket.Queue, ticket.Unread));
        Assert.NotNull(ticket.FirstResponseDueAt);
        Assert.Equal(4, ticket.MessageCount);
        // The bot gave up; it was not the visitor who asked for a person.
        Assert.Contains("转给了人工", await desk.Desk().GetStringAsync(new Uri($"/inbox/all/{ticket.Number}", UriKind.Relative), Ct), StringComparison.Ordinal);

        await widget.SayAsync("还在吗");
        await ConversationTests.ReplyAsync(desk, ticket.Id, "在，我来看");
        Assert.Equal("周野", (await widget.LineAsync("agent")).GetProperty("name").GetString());
        Assert.Equal(2, widget.Lines.Count(l => l.GetProperty("kind").GetString() == "bot"));
    }

    [Fact]
    public async Task A_person_can_be_asked_for_at_any_time()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("怎么退款");
        await widget.LineAsync("bot");

        await widget.SendAsync(new { t = "person", id = "person-1" });
        await widget.LineAsync("handedOver");
        await widget.SendAsync(new { t = "person", id = "person-2" });
        await widget.UntilAsync(f => f.GetProperty("t").GetString() == "ok" && f.GetProperty("id").GetString() == "person-2");

        Assert.Single(widget.Lines, l => l.GetProperty("kind").GetString() == "handedOver");
        Assert.Equal(TicketQueue.Mine, (await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct))).Queue);
    }

    [Fact]
    public async Task Solved_by_the_visitor_is_solved()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("怎么退款");
        await widget.LineAsync("bot");
        await widget.SendAsync(new { t = "solved", id = "solved-1" });
        await widget.LineAsync("solved");

        Assert.Equal(TicketStatus.Solved, (await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct))).Status);
    }

    [Fact]
    public async Task A_bot_that_breaks_hands_over()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("炸");
        await widget.LineAsync("handedOver");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_ends_with_a_person_and_words_for_the_visitor()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("写不下");

        desk.Clock.Advance(TimeSpan.FromSeconds(40));
        await desk.Get<KeepBotDue>().RunAsync(Ct);
        Assert.True(await desk.ReadAsync(db => db.Set<ChatConversation>().Select(c => c.BotActive).SingleAsync(Ct)));
        desk.Clock.Advance(TimeSpan.FromSeconds(40));
        await desk.Get<KeepBotDue>().RunAsync(Ct);

        Assert.Contains("转给人工", (await widget.LineAsync("bot")).GetProperty("body").EnumerateArray().First()[1][0].GetString(), StringComparison.Ordinal);
        await widget.LineAsync("handedOver");
        Assert.Equal(TicketQueue.Mine, (await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct))).Queue);
    }

    [Fact]
    public async Task A_bot_that_is_off_stands_in_nobodys_way()
    {
        await using var desk = new DeskApp();
        await desk.Get<Solodesk.Data.Settings>().SaveAsync(new Solodesk.Knowledge.Bot.BotSettings { On = false }, Ct);
        await using var widget = await TestWidget.OpenAsync(desk);

        Assert.False(widget.Welcome.GetProperty("state").GetProperty("bot").GetBoolean());
        await widget.SayAsync("怎么退款");
        Assert.False(await desk.ReadAsync(db => db.Set<ChatConversation>().Select(c => c.BotActive).SingleAsync(Ct)));
        Assert.Contains("机器人现在关着", await Channels.Web.Forms.PageAsync(desk.Desk(), "/settings/chat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_owed_when_the_server_died_is_given_after_it()
    {
        await using var desk = Desk();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("怎么退款");
        await widget.LineAsync("bot");
        await desk.ReadAsync(async db => await db.Set<ChatConversation>().ExecuteUpdateAsync(s => s.SetProperty(c => c.BotDueAt, desk.Clock.GetUtcNow()), Ct));

        var id = await desk.ReadAsync(db => db.Set<ChatConversation>().Select(c => c.Id).SingleAsync(Ct));
        await desk.Get<TakeBotTurn>().RunAsync(id, Ct);
        await desk.Get<TakeBotTurn>().RunAsync(id, Ct);

        Assert.Equal(2, await desk.ReadAsync(db => db.Set<ChatLine>().CountAsync(l => l.Kind == ChatLineKind.Bot, Ct)));
    }

    private static DeskApp Desk() => new(with: services =>
    {
        services.RemoveAll<IBot>();
        services.AddTransient<IBot, StubBot>();
    });

    private sealed class StubBot : IBot
    {
        public Task<BotTurn> AnswerAsync(BotQuestion question, CancellationToken cancellationToken) => Task.FromResult(question.Text switch
        {
            "" when question.Turns.Count == 0 => new BotTurn(BotTurnKind.Greeting, "能查到的我直接答", [], ["退款"], 1, "greeting"),
            "写不下" => new BotTurn(BotTurnKind.Answer, null!, [], [], 0.9, "answered"),
            "炸" => throw new InvalidOperationException("broken"),
            var text when text.Contains("退款", StringComparison.Ordinal) || text.Length == 0 => new(BotTurnKind.Answer, "14 天内可以**全额退**", [new("退款规则", "/help/refunds")], [], 0.9, "answered"),
            _ => new(BotTurnKind.HandOver, "这个我不知道", [], [], 0.1, "unknown"),
        });
    }
}
