using Microsoft.EntityFrameworkCore;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Tests.Chat;

/// <summary>Many talk at the same moment and are written together: each window hears its visitor's lines once, in order, and none stays behind.</summary>
public sealed class CrowdTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_windows_of_many_who_talk_at_once_hear_every_line_once_and_in_order()
    {
        const int Each = 12;
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var says = await Crowd.OpenAsync(desk, 10);
        await using var hears = await Crowd.OpenAsync(desk, 10, says);

        await Task.WhenAll(says.Widgets.Select(async (widget, who) =>
        {
            for (var n = 1; n <= Each; n++)
            {
                Assert.Equal(n, (await widget.SayAsync($"{who} says {n}")).GetProperty("seq").GetInt64());
            }
        }));

        foreach (var (widget, who) in says.Widgets.Select((w, i) => (w, i)).Concat(hears.Widgets.Select((w, i) => (w, i))))
        {
            await widget.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.GetProperty("seq").GetInt64() == Each);
            Assert.Equal(Enumerable.Range(1, Each).Select(n => (long)n), widget.Lines.Select(l => l.GetProperty("seq").GetInt64()));
            Assert.Equal(Enumerable.Range(1, Each).Select(n => $"{who} says {n}"), widget.Lines.Select(l => l.GetProperty("text").GetString()));
        }
    }

    // A follow-up makes four changes, and what is told of a commit names no more than 25.
    [Fact]
    public async Task Who_is_written_together_with_many_whose_matter_was_closed_long_ago_hears_their_line_too()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var closed = await Crowd.OpenAsync(desk, 5);
        await using var open = await Crowd.OpenAsync(desk, 7);
        await using var first = await Crowd.OpenAsync(desk, 1);
        await SayAsync(desk, closed, "before");
        await CloseAllAsync(desk);
        await SayAsync(desk, open, "before");

        Task[] saying;
        using (await desk.Get<IDatabase>().EnterWriteAsync(Ct))
        {
            // The first waits for its turn to write, and the others behind it for theirs.
            saying = [SayAsync(desk, first, "now"), SayAsync(desk, closed, "now"), SayAsync(desk, open, "now")];
        }

        await Task.WhenAll(saying);
        foreach (var widget in closed.Widgets.Concat(open.Widgets))
        {
            await widget.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.GetProperty("text").GetString() == "now");
        }

        Assert.Equal(5, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(t => t.FollowUpOfId != null, Ct)));
    }

    [Fact]
    public async Task The_same_words_twice_in_one_commit_are_one_line_and_both_are_told_so()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var crowd = await Crowd.OpenAsync(desk, 2);

        Task<Result<SayInChat.Said>>[] saying;
        using (await desk.Get<IDatabase>().EnterWriteAsync(Ct))
        {
            saying = [.. new[] { 0, 1, 1, 0, 1 }.Select(who => desk.Get<ChatIntake>().SayAsync(crowd.Says(desk, who, "once"), Ct))];
        }

        var told = await Task.WhenAll(saying);
        Assert.All(told, t => Assert.Equal(1, t.Value.Seq));
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Message>().CountAsync(Ct)));
        Assert.Equal(2, told.Select(t => t.Value.Conversation).Distinct().Count());

        // And once more when they are on disk.
        var again = await desk.Get<ChatIntake>().SayAsync(crowd.Says(desk, 1, "once"), Ct);
        Assert.Equal(told[1].Value, again.Value);
    }

    private static Task SayAsync(DeskApp desk, Crowd crowd, string text)
        => Task.WhenAll(crowd.Widgets.Select(async (_, who) => Assert.True((await desk.Get<ChatIntake>().SayAsync(crowd.Says(desk, who, text), Ct)).Ok)));

    private static async Task CloseAllAsync(DeskApp desk)
        => await desk.Get<DeskWriter>().RunAsync<Done>(async db =>
        {
            foreach (var ticket in await db.Set<Ticket>().ToListAsync(Ct))
            {
                ticket.SetStatus(TicketStatus.Closed, desk.Clock.GetUtcNow().AddDays(-100));
            }

            return Done.It;
        }, Ct);

    private sealed class Crowd : IAsyncDisposable
    {
        public List<TestWidget> Widgets { get; } = [];

        /// <summary>One window each, or another one of those who are here already.</summary>
        public static async Task<Crowd> OpenAsync(DeskApp desk, int count, Crowd? again = null)
        {
            var crowd = new Crowd();
            for (var i = 0; i < count; i++)
            {
                crowd.Widgets.Add(await TestWidget.OpenAsync(desk, again?.Widgets[i]));
            }

            return crowd;
        }

        public SayInChat.Request Says(DeskApp desk, int who, string text)
            => new(new Visitor(desk.Get<VisitorToken>().Open(Widgets[who].Token)!.Value, null, null, null, "en"), $"says-{text}", text, [], new VisitorContext());

        public async ValueTask DisposeAsync()
        {
            foreach (var widget in Widgets)
            {
                await widget.DisposeAsync();
            }
        }
    }
}
