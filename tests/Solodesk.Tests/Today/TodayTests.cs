using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Customers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tickets;
using Solodesk.Today;

namespace Solodesk.Tests.Today;

/// <summary>The queue of the founder's thirty minutes: what comes first, and why.</summary>
public sealed class TodayTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_weighs_most_comes_first_each_with_its_reasons()
    {
        await using var desk = new DeskApp();
        var plain = await OpenAsync(desk, "plain@example.com", "Plain");
        var urgent = await OpenAsync(desk, "urgent@example.com", "Urgent", TicketPriority.Urgent);
        var valued = await OpenAsync(desk, "valued@example.com", "Valued");
        var asksAgain = await OpenAsync(desk, "again@example.com", "Asks again");
        var answered = await OpenAsync(desk, "answered@example.com", "Answered, but it did not arrive");
        await desk.ReadAsync(async db =>
        {
            var customer = await db.Set<CustomerAddress>().Where(a => a.Normal == "valued@example.com").Select(a => a.CustomerId).SingleAsync(Ct);
            await db.Set<Customer>().Where(c => c.Id == customer).ExecuteUpdateAsync(s => s.SetProperty(c => c.YearlyValue, 5000m).SetProperty(c => c.Vip, true).SetProperty(c => c.RenewsAt, desk.Clock.GetUtcNow().AddDays(20)), Ct);
            await db.Set<Ticket>().Where(t => t.Number == asksAgain).ExecuteUpdateAsync(s => s.SetProperty(t => t.InboundCount, 3), Ct);
            return await db.Set<Ticket>().Where(t => t.Number == answered).ExecuteUpdateAsync(s => s.SetProperty(t => t.DeliveryFailed, true).SetProperty(t => t.Queue, TicketQueue.Waiting), Ct);
        });

        var today = await desk.Get<ReadToday>().RunAsync(Ct);

        var all = today.Now.Concat(today.Later).ToList();
        Assert.Equal([answered, urgent, valued, asksAgain, plain], all.Select(i => i.Row.Number));
        Assert.Equal([["undelivered"], ["promise", "priority"], ["promise", "renewal", "value"], ["promise", "repeat"], ["promise"]],
            all.Select(i => i.Reasons.Select(r => r.Key).Order(StringComparer.Ordinal).OrderBy(c => c == "promise" ? 0 : 1).ToArray()));
    }

    [Theory]
    [InlineData("en", "hi@driftnote.example is in trouble", "2 mails could not be filed")]
    [InlineData("zh-Hans", "hi@driftnote.example 出了问题", "有 2 封来信没能归档")]
    public async Task What_keeps_mail_from_coming_is_said_before_anything_else(string language, string mailbox, string unfiled)
    {
        await using var desk = new DeskApp();
        var id = await desk.AddMailboxAsync("hi@driftnote.example");
        using var client = desk.Desk(language);
        Assert.DoesNotContain(mailbox, await client.GetStringAsync("/", Ct), StringComparison.Ordinal);

        await desk.Get<MailboxHealth>().FailedAsync(id, MailProblems.SecretLost, "no", Ct);
        await desk.ReadAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 2).Select(i => new IncomingMail { Id = Guid.CreateVersion7(), MailboxId = id, Uid = i + 1, Sha256 = $"{i}", Outcome = MailOutcome.Failed, ReceivedAt = desk.Clock.GetUtcNow() }));
            return await db.SaveChangesAsync(Ct);
        });

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/", Ct));
        Assert.Contains(mailbox, page, StringComparison.Ordinal);
        Assert.Contains($"/settings/channels/{id}", page, StringComparison.Ordinal);
        Assert.Contains(unfiled, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_promise_outweighs_the_rest_and_the_page_says_what_to_do_first()
    {
        await using var desk = new DeskApp();
        var late = await OpenAsync(desk, "late@example.com", "Waits since last week");
        desk.Clock.Advance(TimeSpan.FromDays(7));
        await OpenAsync(desk, "urgent@example.com", "Urgent", TicketPriority.Urgent);

        var first = (await desk.Get<ReadToday>().RunAsync(Ct)).Now[0];
        var page = WebUtility.HtmlDecode(await desk.Desk("en").GetStringAsync("/", Ct));

        Assert.Equal(late, first.Row.Number);
        Assert.Contains(first.Reasons, r => r.Key == "late");
        Assert.Contains(first.Reasons, r => r.Key == "waiting");
        Assert.True(page.IndexOf("Waits since last week", StringComparison.Ordinal) < page.LastIndexOf("Urgent", StringComparison.Ordinal));
    }

    private static async Task<long> OpenAsync(DeskApp desk, string email, string subject, TicketPriority priority = TicketPriority.Normal)
    {
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new(subject, "Please help", "api") { CustomerEmail = email, Priority = priority }, Ct);
        Assert.True(opened.Ok, opened.Problem?.Code);
        return await desk.ReadAsync(db => db.Set<Ticket>().MaxAsync(t => t.Number, Ct));
    }
}
