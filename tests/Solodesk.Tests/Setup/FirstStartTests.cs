using Microsoft.EntityFrameworkCore;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Setup;

public sealed class FirstStartTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_the_database()
    {
        await using var desk = new DeskApp(fromNothing: true);

        var opened = await ReplyToTicketTests.OpenAsync(desk);

        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(t => t.Id == opened.Id, Ct)));
        Assert.Empty(await desk.ReadAsync(db => db.Database.GetPendingMigrationsAsync(Ct)));
    }
}
