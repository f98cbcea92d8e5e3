using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Tests.Tickets;

public sealed class SnoozeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_is_put_away_until_the_customer_answers_also_when_it_was_away_until_a_time()
    {
        await using var desk = new DeskApp();
        var (number, browser) = await OpenAsync(desk);
        await browser.PostAsync($"/inbox/{number}/change", ("back", $"/inbox/mine/{number}"), ("snooze", desk.Clock.GetUtcNow().AddHours(3).ToString("O")));

        await browser.PostAsync($"/inbox/{number}/change", ("back", $"/inbox/mine/{number}"), ("snooze", "answer"));

        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.True(ticket is { Status: TicketStatus.Pending, SnoozedUntil: null, Queue: TicketQueue.Waiting }, $"{ticket.Status} {ticket.SnoozedUntil} {ticket.Queue}");
    }

    [Fact]
    public async Task A_time_of_ones_own_is_meant_in_the_zone_of_the_business_and_one_that_is_over_is_refused()
    {
        await using var desk = new DeskApp();
        var (number, browser) = await OpenAsync(desk);
        var zone = (await desk.Get<Settings>().ReadAsync<BusinessSettings>(Ct)).Hours.Zone;
        var wanted = new DateTime(desk.Clock.GetUtcNow().Year + 1, 3, 4, 9, 30, 0, DateTimeKind.Unspecified);

        await browser.PostAsync($"/inbox/{number}/change", ("back", $"/inbox/mine/{number}"), ("snooze", "chosen"), ("snoozelocal", wanted.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)));
        Assert.Equal(new DateTimeOffset(wanted, zone.GetUtcOffset(wanted)), await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.SnoozedUntil).SingleAsync(Ct)));

        foreach (var typed in new[] { "2020-01-01T09:30", "", "tomorrow" })
        {
            await browser.PostAsync($"/inbox/{number}/change", ("back", $"/inbox/mine/{number}"), ("snooze", "chosen"), ("snoozelocal", typed));
            Assert.Contains("That time is over already", browser.Text, StringComparison.Ordinal);
        }

        Assert.NotNull(await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.SnoozedUntil).SingleAsync(Ct)));
    }

    private static async Task<(long Number, FormBrowser Browser)> OpenAsync(DeskApp desk)
    {
        var number = (await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("Late parcel", "text", "api") { CustomerEmail = "ada@example.com" }, Ct)).Value.Number;
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/mine/{number}");
        return (number, browser);
    }
}
