using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Notifications;
using Solodesk.Notifications.Push;
using Solodesk.Tests.Api;
using Solodesk.Tests.Tickets;
using Solodesk.Tests.Tickets.Writing;
using Solodesk.Tickets;

namespace Solodesk.Tests.Notifications;

public sealed class NotificationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customers_answer_reaches_the_browser_encrypted_and_once()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        var opened = await OpenAsync(desk);
        await desk.WriteAsCustomerAsync(opened.Id, "还是不行。");

        await WorkAsync(desk);
        await WorkAsync(desk);

        var (text, headers) = Assert.Single(service.Received);
        var told = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("林晓棠 answered", $"/inbox/all/{opened.Number}", $"ticket-{opened.Number}"), (told.Text("title"), told.Text("url"), told.Text("tag")));
        Assert.Contains("还是不行。", told.Text("body"), StringComparison.Ordinal);
        Assert.Equal("aes128gcm", headers.ContentEncoding);
        Assert.Equal("86400", headers["TTL"]);
        Assert.StartsWith("vapid t=", headers.Authorization, StringComparison.Ordinal);
        Assert.EndsWith($", k={await desk.Get<VapidKeys>().PublicAsync(Ct)}", headers.Authorization, StringComparison.Ordinal);
        Assert.Empty(await desk.ReadAsync(db => db.Set<PushDelivery>().ToListAsync(Ct)));
    }

    [Fact]
    public async Task Only_what_was_chosen_is_told()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        var opened = await OpenAsync(desk);
        await desk.WriteAsCustomerAsync(opened.Id);
        await ChooseAsync(desk, c => c with { Answer = false });
        await WorkAsync(desk);
        Assert.Empty(service.Received);

        // Nine hours of promise: half an hour before its end it is said, once.
        await ChooseAsync(desk, c => c with { PromiseSoon = true, NewTicket = true });
        var due = (await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.Id == opened.Id, Ct))).DueAt;
        desk.Clock.Advance(due - desk.Clock.GetUtcNow() - TimeSpan.FromMinutes(20));
        await WorkAsync(desk);
        await WorkAsync(desk);
        var (promise, headers) = Assert.Single(service.Received);
        Assert.StartsWith("Answer 林晓棠 before ", JsonDocument.Parse(promise).RootElement.Text("title"), StringComparison.Ordinal);
        Assert.Equal("high", headers["Urgency"]);
    }

    [Fact]
    public async Task In_quiet_hours_notices_wait_and_many_become_one()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        // It is nine in the morning in Shanghai.
        await ChooseAsync(desk, c => c with { Answer = true, QuietFrom = 22 * 60, QuietTo = 9 * 60 + 30 });
        var opened = await OpenAsync(desk);
        await WorkAsync(desk);
        for (var i = 0; i < 5; i++)
        {
            await desk.WriteAsCustomerAsync(opened.Id, $"第 {i} 封");
        }

        await WorkAsync(desk);
        Assert.Empty(service.Received);
        desk.Clock.Advance(TimeSpan.FromMinutes(31));
        await WorkAsync(desk);

        Assert.Equal("5 things happened", JsonDocument.Parse(Assert.Single(service.Received).Text).RootElement.Text("title"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_browser_that_is_gone_is_taken_off_the_list(HttpStatusCode answer)
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        service.Answer = answer;
        var opened = await OpenAsync(desk);
        await desk.WriteAsCustomerAsync(opened.Id);

        await WorkAsync(desk);

        Assert.Empty(await desk.ReadAsync(db => db.Set<PushSubscription>().ToListAsync(Ct)));
        Assert.Empty(await desk.ReadAsync(db => db.Set<PushDelivery>().ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_service_that_is_busy_is_tried_again_when_it_asks_for()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        (service.Answer, service.RetryAfter) = (HttpStatusCode.TooManyRequests, "120");
        var opened = await OpenAsync(desk);
        await desk.WriteAsCustomerAsync(opened.Id);

        await WorkAsync(desk);
        desk.Clock.Advance(TimeSpan.FromSeconds(100));
        await WorkAsync(desk);
        Assert.Single(service.Received);
        service.Answer = HttpStatusCode.Created;
        desk.Clock.Advance(TimeSpan.FromSeconds(21));
        await WorkAsync(desk);

        Assert.Equal(2, service.Received.Count);
        Assert.Empty(await desk.ReadAsync(db => db.Set<PushDelivery>().ToListAsync(Ct)));
    }

    [Fact]
    public async Task Only_a_real_address_and_a_real_key_are_taken_and_only_ones_own_is_let_go()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        var id = await SubscribeAsync(desk, service);
        var subscribe = desk.Get<SubscribePush>();
        var key = Base64Url.EncodeToString(service.Key);
        var secret = Base64Url.EncodeToString(service.Secret);

        foreach (var wrong in new SubscribePush.Request[]
        {
            new("http://push.example/1", key, secret, ""), new("https://user@push.example/1", key, secret, ""), new("nonsense", key, secret, ""),
            new("https://push.example/1", Base64Url.EncodeToString(new byte[65]), secret, ""), new("https://push.example/1", key, "AAAA", ""),
            new("https://push.example/1", Base64Url.EncodeToString([4, .. new byte[64]]), secret, ""),
        })
        {
            Assert.Equal("push.subscription", (await subscribe.RunAsync(desk.Founder, wrong, Ct)).Problem?.Code);
        }

        Assert.Equal(id, (await subscribe.RunAsync(desk.Founder, new(FakePushService.Endpoint, key, secret, "Firefox"), Ct)).Value);
        Assert.Equal("push.not_found", (await subscribe.RemoveAsync(Holding.Second, id, Ct)).Problem?.Code);
        Assert.True((await subscribe.RemoveAsync(desk.Founder, id, Ct)).Ok);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1", true)]
    public void A_push_address_never_leads_into_the_desks_own_network(string address, bool isPublic) => Assert.Equal(isPublic, PublicHosts.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task The_page_and_programs_choose()
    {
        await using var service = await FakePushService.StartAsync();
        await using var desk = Desk(service);
        await SubscribeAsync(desk, service);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync("/settings/notifications");
        Assert.Contains("Chromium", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync("/settings/notifications", ("answer", "on"), ("quietFrom", "22:00"), ("quietTo", ""), ("digestAt", "9:00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Quiet hours need a beginning and an end", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/settings/notifications", ("answer", "on"), ("quietFrom", "22:00"), ("quietTo", "07:30"), ("digestAt", "9:00，14：30"), ("weekdays", "on"));
        Assert.Equal("/settings/notifications?saved=1", browser.To);

        var program = await desk.ProgramAsync();
        var address = $"/api/v1/agents/{desk.Founder.Id}/notifications";
        var read = await program.GetJsonAsync(address);
        Assert.Equal(("22:00", "07:30", "09:00,14:30", "False"), (read.Text("quietFrom"), read.Text("quietTo"), string.Join(',', read.GetProperty("digestAt").EnumerateArray()), read.Text("newTicket")));
        Assert.Equal("notices.digest", await (await program.SendJsonAsync(HttpMethod.Put, address, new { digestAt = new[] { "25:00" } })).ProblemAsync(422));
        Assert.Equal("agent.not_found", await (await program.GetAsync($"/api/v1/agents/{Guid.CreateVersion7()}/notifications", Ct)).ProblemAsync(404));
        var subscription = await desk.ReadAsync(db => db.Set<PushSubscription>().Select(s => s.Id).SingleAsync(Ct));
        await browser.OpenAsync("/settings/notifications");
        await browser.PostAsync($"/notifications/browsers/{subscription}/test");
        Assert.Equal("/settings/notifications?test=sent", browser.To);
        Assert.Contains("It works.", Assert.Single(service.Received).Text, StringComparison.Ordinal);
    }

    internal static async Task AddFounderAsync(DeskApp desk, string language = "en") => await desk.Get<DeskWriter>().RunAsync<Done>(db =>
    {
        db.Add(new Agent { Id = desk.Founder.Id!.Value, Name = desk.Founder.Name, UserName = "founder", Email = "founder@driftnote.example", Role = Role.Owner, Language = language, CreatedAt = desk.Clock.GetUtcNow() });
        return Task.FromResult<Result<Done>>(Done.It);
    }, Ct);

    private static DeskApp Desk(FakePushService service)
        => new(with: services => services.AddHttpClient(SendPushes.Client).ConfigurePrimaryHttpMessageHandler(service.Way));

    private static async Task<Guid> SubscribeAsync(DeskApp desk, FakePushService service)
    {
        await AddFounderAsync(desk);
        var subscribed = await desk.Get<SubscribePush>().RunAsync(desk.Founder, new(FakePushService.Endpoint, Base64Url.EncodeToString(service.Key), Base64Url.EncodeToString(service.Secret), "Chromium on Linux"), Ct);
        Assert.True(subscribed.Ok, subscribed.Problem?.Code);
        await WorkAsync(desk);
        return subscribed.Value;
    }

    private static async Task<OpenTicket.Opened> OpenAsync(DeskApp desk)
    {
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await WorkAsync(desk);
        return await Task.FromResult(opened);
    }

    private static Task ChooseAsync(DeskApp desk, Func<ChooseNotices.Request, ChooseNotices.Request> change)
        => desk.Get<ChooseNotices>().RunAsync(desk.Founder, change(new(desk.Founder.Id!.Value)), Ct);

    private static async Task WorkAsync(DeskApp desk)
    {
        await desk.Get<IEnumerable<IPeriodicJob>>().OfType<CollectNotices>().Single().RunAsync(Ct);
        await desk.Get<SendPushes>().RunAsync(Ct);
    }
}
