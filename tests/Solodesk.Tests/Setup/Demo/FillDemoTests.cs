using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Setup;
using Solodesk.Setup.Demo;
using Solodesk.Tickets;
using Solodesk.Today;

namespace Solodesk.Tests.Setup.Demo;

/// <summary>The made-up company on a real desk.</summary>
public sealed class FillDemoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_desk_is_filled_once_and_works()
    {
        await using var app = new DeskApp();
        Assert.Equal(FillDemo.Outcome.Filled, await app.Get<FillDemo>().RunAsync(Ct));
        Assert.Equal(FillDemo.Outcome.AlreadyDemo, await app.Get<FillDemo>().RunAsync(Ct));

        Assert.True((await app.Get<Settings>().ReadAsync<DemoSettings>(Ct)).Active);
        Assert.Equal(300, await app.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
        var today = await app.Get<ReadToday>().RunAsync(Ct);
        Assert.Equal("林晓棠", today.Now[0].Row.CustomerName);
        Assert.Contains("读书会", today.Said!.Body);
        var found = await app.Get<ListTickets>().RunAsync(new() { Query = "三篇读书笔记" }, Ct);
        Assert.Contains(found.Items, r => r.Subject == "团队空间同步后，三篇读书笔记不见了");

        var last = await app.ReadAsync(db => db.Set<Ticket>().MaxAsync(t => t.Number, Ct));
        var customer = await app.ReadAsync(db => db.Set<Customer>().Select(c => c.Id).FirstAsync(Ct));
        var opened = await app.Get<OpenTicket>().RunAsync(app.Founder, new("新的", "还能用吗？", "web") { CustomerId = customer }, Ct);
        Assert.Equal(last + 1, opened.Value.Number);
        var page = await app.Desk().GetAsync($"/inbox/all/{last}", Ct);
        Assert.True(page.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Two_desks_filled_at_the_same_moment_hold_the_same()
    {
        await using var one = new DeskApp();
        await using var two = new DeskApp();
        Assert.Equal(FillDemo.Outcome.Filled, await one.Get<FillDemo>().RunAsync(Ct));
        Assert.Equal(FillDemo.Outcome.Filled, await two.Get<FillDemo>().RunAsync(Ct));

        var (first, second) = (await one.HashAsync(), await two.HashAsync());

        Assert.True(first.Count > 40);
        Assert.Empty(first.Where(t => second[t.Key] != t.Value).Select(t => t.Key));
    }

    [Fact]
    public async Task A_desk_that_holds_anything_is_left_alone()
    {
        await using var app = new DeskApp();
        await app.Get<OpenTicket>().RunAsync(app.Founder, new("Hello", "Hello", "web") { CustomerEmail = "a@b.example" }, Ct);
        Assert.Equal(FillDemo.Outcome.NotEmpty, await app.Get<FillDemo>().RunAsync(Ct));
        Assert.Equal(1, await app.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Agent>().CountAsync(Ct)));
    }
}
