using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Tests.Writing;

public sealed class RecentReadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a library saves")]
    [InlineData("a use case writes")]
    [InlineData("a turn is taken")]
    public async Task What_was_written_is_read_by_whoever_asks_next(string how)
    {
        await using var app = new DeskApp();
        var reads = new Reads(app);
        Assert.Equal(1, await reads.AskAsync());
        Assert.Equal(1, await reads.AskAsync());

        switch (how)
        {
            case "a library saves":
                await app.ReadAsync(async db =>
                {
                    db.Add(new Setting { Name = "Anything", Json = "{}" });
                    return await db.SaveChangesAsync(Ct);
                });
                break;
            case "a use case writes":
                await app.Get<DeskWriter>().RunAsync<Done>(async db =>
                {
                    db.Add(new Setting { Name = "Anything", Json = "{}" });
                    await db.SaveChangesAsync(Ct);
                    // Read between the saving and the commit, it is what stood before: that must not be kept.
                    await reads.AskAsync();
                    return Done.It;
                }, Ct);
                break;
            default:
                using (await app.Get<IDatabase>().EnterWriteAsync(Ct))
                {
                    await app.ReadAsync(db => db.Set<Setting>().ExecuteUpdateAsync(s => s.SetProperty(x => x.Json, x => x.Json), Ct));
                }

                break;
        }

        var before = reads.Count;
        await reads.AskAsync();
        Assert.Equal(before + 1, reads.Count);
    }

    [Fact]
    public async Task Nothing_is_kept_for_long_because_time_goes_on()
    {
        await using var app = new DeskApp();
        var reads = new Reads(app);
        await reads.AskAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(2, await reads.AskAsync());
    }

    [Fact]
    public async Task What_another_node_tells_is_read_again()
    {
        await using var app = new DeskApp();
        var reads = new Reads(app);
        await reads.AskAsync();
        app.Get<LiveFeed>().Receive("""{"Node":"another","Changes":[{"TicketId":"019b0000-0000-7000-8000-000000000001","Number":10001,"Kind":0,"MessageId":null,"ActorId":null}]}""");
        Assert.Equal(2, await reads.AskAsync());
    }

    [Fact]
    public async Task Each_asks_for_their_own()
    {
        await using var app = new DeskApp();
        var recent = app.Get<RecentReads>();
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal("one", await recent.ReadAsync("name", one, _ => Task.FromResult("one"), Ct));
        Assert.Equal("other", await recent.ReadAsync("name", other, _ => Task.FromResult("other"), Ct));
        Assert.Equal("one", await recent.ReadAsync("name", one, _ => Task.FromResult("never read"), Ct));
    }

    [Fact]
    public async Task A_category_that_was_renamed_stands_under_its_new_name_beside_a_ticket_at_once()
    {
        await using var app = new DeskApp();
        var choices = app.Get<TicketChoices>();
        var id = Guid.NewGuid();
        await app.ReadAsync(async db =>
        {
            db.Add(new Category { Id = id, Name = "旧名" });
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Equal("旧名", (await choices.CategoriesAsync(Ct)).Single(c => c.Id == id).Name);
        await app.Get<DeskWriter>().RunAsync<int>(async db => await db.Set<Category>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, "改了名"), Ct), Ct);
        Assert.Equal("改了名", (await choices.CategoriesAsync(Ct)).Single(c => c.Id == id).Name);
    }

    /// <summary>Counts how often something is really read.</summary>
    private sealed class Reads(DeskApp app)
    {
        public int Count { get; private set; }

        public async Task<int> AskAsync()
        {
            await app.Get<RecentReads>().ReadAsync("test", null, _ => Task.FromResult<object>(++Count), Ct);
            return Count;
        }
    }
}
