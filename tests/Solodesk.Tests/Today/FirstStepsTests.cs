using System.Net;
using Solodesk.Tickets;

namespace Solodesk.Tests.Today;

public sealed class FirstStepsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_desk_that_nobody_wrote_to_shows_how_customers_reach_it_and_stops_with_the_first_ticket()
    {
        await using var app = new DeskApp();
        using var desk = app.Desk();
        var before = WebUtility.HtmlDecode(await desk.GetStringAsync("/", Ct));
        Assert.Contains("等着第一封来信", before, StringComparison.Ordinal);
        Assert.Contains("href=\"/settings/channels/new\"", before, StringComparison.Ordinal);
        Assert.DoesNotContain("今天都处理完了", before, StringComparison.Ordinal);

        var opened = await app.Get<OpenTicket>().RunAsync(app.Founder, new("发票", "抬头写错了", "api") { CustomerEmail = "c@example.com" }, Ct);
        Assert.True(opened.Ok);
        Assert.DoesNotContain("等着第一封来信", WebUtility.HtmlDecode(await desk.GetStringAsync("/", Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contact_form_wears_the_help_centres_colour()
    {
        await using var app = new DeskApp();
        using var visitor = app.Visitor();
        Assert.Contains("--brand:#14665e", await visitor.GetStringAsync("/contact", Ct), StringComparison.Ordinal);
    }
}
