using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tests.Api;
using Solodesk.Tickets;

namespace Solodesk.Tests.Live;

/// <summary>Two processes on one PostgreSQL. An embedded database has one process: there the second node is the first.</summary>
public sealed class TwoNodesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_that_comes_to_one_node_is_told_to_the_pages_of_the_other_once()
    {
        await using var one = new DeskApp();
        one.Get<LiveFeed>();
        await using var two = DeskApp.OnPostgres ? new DeskApp(beside: one) : null;
        var told = new TaskCompletionSource<IReadOnlyList<LiveChange>>(TaskCreationOptions.RunContinuationsAsynchronously);
        (two ?? one).Get<LiveFeed>().Changed += changes => told.TrySetResult(changes);
        await ListeningAsync(two ?? one);

        var program = await one.ProgramAsync(Scopes.TicketsWrite);
        await program.PostAsync("/api/v1/tickets", new { subject = "Where is my order", body = "It is late.", customer = new { email = "ada@customer.example" } });
        Assert.NotEmpty(await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct));
    }

    [Fact]
    public async Task What_is_set_on_one_node_holds_on_the_other()
    {
        await using var one = new DeskApp();
        one.Get<LiveFeed>();
        await using var two = DeskApp.OnPostgres ? new DeskApp(beside: one) : null;
        var (here, there) = (one.Get<Settings>(), (two ?? one).Get<Settings>());
        await ListeningAsync(two ?? one);
        Assert.NotEqual("雨后", (await there.ReadAsync<BusinessSettings>(Ct)).Name);

        await here.SaveAsync(await here.ReadAsync<BusinessSettings>(Ct) with { Name = "雨后" }, Ct);
        for (var tries = 0; (await there.ReadAsync<BusinessSettings>(Ct)).Name != "雨后"; tries++)
        {
            Assert.True(tries < 200, "The other node has not heard of it");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Ct);
        }
    }

    [Fact]
    public async Task A_category_that_was_made_on_one_node_stands_on_the_other_a_second_later()
    {
        await using var one = new DeskApp();
        one.Get<LiveFeed>();
        await using var two = DeskApp.OnPostgres ? new DeskApp(beside: one) : null;
        var there = two ?? one;
        Assert.DoesNotContain(await there.Get<TicketChoices>().CategoriesAsync(Ct), c => c.Name == "雨具");
        await one.ReadAsync(async db =>
        {
            db.Add(new Category { Id = Guid.NewGuid(), Name = "雨具" });
            return await db.SaveChangesAsync(Ct);
        });
        there.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains(await there.Get<TicketChoices>().CategoriesAsync(Ct), c => c.Name == "雨具");
    }

    [Fact]
    public async Task Who_types_at_a_ticket_on_one_node_is_seen_on_the_other_until_they_leave_or_their_node_dies()
    {
        await using var one = new DeskApp();
        one.Get<LiveFeed>();
        await using var two = DeskApp.OnPostgres ? new DeskApp(beside: one) : null;
        var (here, there) = (one.Get<PresenceService>(), (two ?? one).Get<Presence>());
        await ListeningAsync(two ?? one);
        var step = new PresenceStep("page", Guid.NewGuid(), "周野", 7, true);

        await here.MoveAsync(step);
        await SeenAsync(there, ["周野"]);
        Assert.True(there.At(7)[0].Typing);
        await here.MoveAsync(step with { Number = null });
        await SeenAsync(there, []);

        await here.MoveAsync(step);
        await SeenAsync(there, ["周野"]);
        if (two is not null)
        {
            two.Clock.Advance(Presence.Believed + TimeSpan.FromSeconds(1));
            Assert.Empty(there.At(7));
        }
    }

    private static async Task SeenAsync(Presence presence, string[] names)
    {
        for (var tries = 0; !presence.At(7).Select(p => p.Name).SequenceEqual(names); tries++)
        {
            Assert.True(tries < 200, "The other node has not heard of it");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Ct);
        }
    }

    /// <summary>The node has opened its notice connection.</summary>
    private static async Task ListeningAsync(DeskApp node)
    {
        for (var tries = 0; DeskApp.OnPostgres && tries < 200; tries++)
        {
            var listening = await node.ReadAsync(db => db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'").SingleAsync(Ct));
            if (listening >= 2)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Ct);
        }
    }
}
