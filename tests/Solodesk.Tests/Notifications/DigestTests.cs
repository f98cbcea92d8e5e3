using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.FollowUps;
using Solodesk.Jobs;
using Solodesk.Notifications;
using Solodesk.Notifications.Digest;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Notifications;

public sealed class DigestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "waits for you", "Waiting for you")]
    [InlineData("zh-Hans", "张工单等你", "等你处理")]
    public async Task At_its_time_it_says_what_waits_what_is_late_and_what_is_due(string language, string subject, string head)
    {
        await using var desk = new DeskApp();
        await NotificationTests.AddFounderAsync(desk, language);
        var mailbox = await desk.AddMailboxAsync();
        await ChooseAsync(desk, 10 * 60);
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<PlanFollowUp>().RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(2)) { Ticket = opened.Id, Note = "笔记 *都* 在吗" }, Ct);
        await RunAsync(desk);
        Assert.Empty(await MailsAsync(desk));

        // From nine to ten in Shanghai.
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(desk);

        var mail = Assert.Single(await MailsAsync(desk));
        Assert.Equal(["founder@driftnote.example"], mail.Recipients);
        var draft = (await desk.Get<OutgoingLetter>().ForAsync(mail, await desk.ReadAsync(db => db.Set<Mailbox>().SingleAsync(m => m.Id == mailbox, Ct)), Ct))!;
        Assert.Contains(subject, draft.Subject, StringComparison.Ordinal);
        Assert.Contains(head, draft.Text, StringComparison.Ordinal);
        Assert.Contains($"#{opened.Number}", draft.Text, StringComparison.Ordinal);
        Assert.Contains("笔记 都 在吗", draft.Text, StringComparison.Ordinal);
        Assert.Equal(Solodesk.Mail.Writing.AutomaticMail.Generated, draft.Automatic);
    }

    [Fact]
    public async Task No_time_gets_a_second_one_however_often_it_is_looked_and_whoever_looks()
    {
        await using var desk = new DeskApp();
        await NotificationTests.AddFounderAsync(desk);
        await desk.AddMailboxAsync();
        await ChooseAsync(desk, 10 * 60, 15 * 60);
        await ReplyToTicketTests.OpenAsync(desk);
        var random = new Random(8);
        var expected = 0;

        // Two days, looked at by two nodes at random moments; a desk that starts again knows no more than its database.
        var last = desk.Clock.GetUtcNow();
        for (var i = 0; i < 60; i++)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(5, 90)));
            await Task.WhenAll(RunAsync(desk), RunAsync(desk));
            expected += Slots(last, desk.Clock.GetUtcNow());
            last = desk.Clock.GetUtcNow();
            Assert.Equal(expected, (await MailsAsync(desk)).Count);
        }

        Assert.True(expected > 3);
    }

    [Fact]
    public async Task A_desk_that_was_off_makes_up_for_three_hours_and_no_more()
    {
        await using var desk = new DeskApp();
        await NotificationTests.AddFounderAsync(desk);
        await desk.AddMailboxAsync();
        await ChooseAsync(desk, 10 * 60);
        await ReplyToTicketTests.OpenAsync(desk);

        desk.Clock.Advance(TimeSpan.FromHours(3));
        await RunAsync(desk);
        Assert.Single(await MailsAsync(desk));
        desk.Clock.Advance(TimeSpan.FromHours(26));
        await RunAsync(desk);
        Assert.Single(await MailsAsync(desk));
    }

    [Fact]
    public async Task Without_a_mailbox_the_time_is_not_used_up_and_without_news_there_is_silence()
    {
        await using var desk = new DeskApp();
        await NotificationTests.AddFounderAsync(desk);
        await ChooseAsync(desk, 10 * 60);
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        desk.Clock.Advance(TimeSpan.FromMinutes(70));
        await RunAsync(desk);
        Assert.Empty(await MailsAsync(desk));
        await desk.AddMailboxAsync();
        await RunAsync(desk);
        Assert.Single(await MailsAsync(desk));

        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved }, Ct);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(desk);
        Assert.Single(await MailsAsync(desk));
    }

    [Fact]
    public async Task What_the_server_says_of_it_is_kept_on_its_line()
    {
        await using var desk = new DeskApp();
        await NotificationTests.AddFounderAsync(desk);
        await desk.AddMailboxAsync();
        await ChooseAsync(desk, 10 * 60);
        await ReplyToTicketTests.OpenAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(desk);
        var deliver = desk.Get<DeliverMail>();
        var id = (await MailsAsync(desk))[0].Id;

        await deliver.PostponeAsync(id, "mail.unreachable", Ct);
        Assert.Equal((DeliveryState.Queued, 1), ((await MailsAsync(desk))[0].State, (await MailsAsync(desk))[0].Attempts));
        await deliver.FailAsync(id, "mail.refused", Ct);
        Assert.Equal(DeliveryState.Failed, (await MailsAsync(desk))[0].State);
    }

    // Ten and three in the afternoon in Shanghai, which knows no summer time.
    private static int Slots(DateTimeOffset from, DateTimeOffset to)
        => Enumerable.Range(0, 8).SelectMany(d => new[] { 2, 7 }.Select(h => new DateTimeOffset(2026, 1, 5, h, 0, 0, TimeSpan.Zero).AddDays(d)))
            .Count(s => s > from && s <= to && TimeZoneInfo.ConvertTime(s, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static async Task ChooseAsync(DeskApp desk, params int[] at)
        => Assert.True((await desk.Get<ChooseNotices>().RunAsync(desk.Founder, new(desk.Founder.Id!.Value) { DigestAt = at, DigestOnWeekdays = true }, Ct)).Ok);

    private static Task RunAsync(DeskApp desk) => desk.Get<IEnumerable<IPeriodicJob>>().OfType<SendDigests>().Single().RunAsync(Ct);

    private static Task<List<OutgoingMail>> MailsAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().Where(m => m.Letter != null).OrderBy(m => m.CreatedAt).ToListAsync(Ct));
}
