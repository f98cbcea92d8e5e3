using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Channels.Web;
using Solodesk.Customers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Web;

public sealed class ContactFormTests
{
    private static readonly (string, string)[] Typed = [("name", "林晓棠"), ("email", "lin@example.com"), ("subject", "同步"), ("message", "三篇笔记不见了\n\n能恢复吗？")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_writes_and_gets_a_link_of_their_own()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();

        var sent = await SendAsync(desk, browser, Typed, ("截图.png", [1, 2, 3], "image/png"), ("log.txt", [4, 5], "text/plain"));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal($"/contact/sent/{ticket.TrackingToken}", sent.Headers.Location!.ToString());
        Assert.Equal(("同步", "web", TicketStatus.New), (ticket.Subject, ticket.Channel, ticket.Status));
        Assert.Equal(2, ticket.AttachmentCount);
        Assert.Equal("林晓棠", await desk.ReadAsync(db => db.Set<Customer>().Select(c => c.Name).SingleAsync(Ct)));
        var thanks = await browser.PageAsync(sent.Headers.Location.ToString());
        Assert.Contains($"/track/{ticket.TrackingToken}", thanks, StringComparison.Ordinal);
        Assert.Contains("17:00 前回复你", thanks.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_speaks_the_customers_language()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de,en;q=0.8");

        Assert.Contains("Tell us what happened", await browser.PageAsync("/contact"), StringComparison.Ordinal);
        Assert.Contains("说说发生了什么", await browser.PageAsync("/contact?lang=zh-CN"), StringComparison.Ordinal);
        // The choice holds from then on.
        Assert.Contains("说说发生了什么", await browser.PageAsync("/contact"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_typed_is_lost()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();

        var sent = await SendAsync(desk, browser, [("name", "林"), ("email", "lin@"), ("subject", "同步"), ("message", "写了很久的内容")], ("截图.png", [1, 2, 3], "image/png"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var page = await sent.Content.ReadAsStringAsync(Ct);
        Assert.Contains("“lin@”不是完整的邮箱地址", page.Words(), StringComparison.Ordinal);
        Assert.Contains("value=\"lin@\"", page, StringComparison.Ordinal);
        Assert.Contains("写了很久的内容", page, StringComparison.Ordinal);
        Assert.Contains("截图.png", page, StringComparison.Ordinal);

        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        var again = await browser.SubmitAsync(page, "/contact", Typed);

        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal("截图.png", await desk.ReadAsync(db => db.Set<Attachment>().Where(a => a.MessageId != null).Select(a => a.Name).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_file_that_was_taken_can_be_left_out_again()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        var page = await (await SendAsync(desk, browser, [("message", "x")], ("a.txt", [1], "text/plain"), ("b.txt", [2], "text/plain"))).Content.ReadAsStringAsync(Ct);
        var token = await desk.ReadAsync(db => db.Set<Attachment>().Where(a => a.Name == "a.txt").Select(a => a.Token).SingleAsync(Ct));

        var without = await browser.SubmitAsync(page, "/contact", [("message", "x"), ("remove", token)]);

        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        var left = await without.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("a.txt", left, StringComparison.Ordinal);
        Assert.Contains("b.txt", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_named_and_the_rest_stays()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();

        var sent = await SendAsync(desk, browser, Typed, ("small.txt", [1], "text/plain"), ("video.mp4", new byte[26 * 1024 * 1024], "video/mp4"), ("after.txt", [2], "text/plain"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.StatusCode);
        var page = await sent.Content.ReadAsStringAsync(Ct);
        Assert.Contains("“video.mp4”超过 25 MB", page.Words(), StringComparison.Ordinal);
        Assert.Contains("small.txt", page, StringComparison.Ordinal);
        Assert.Contains("after.txt", page, StringComparison.Ordinal);
        Assert.Contains("三篇笔记不见了", page, StringComparison.Ordinal);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_machine_that_fills_in_everything_is_thanked_and_filed_as_spam()
    {
        await using var desk = new DeskApp();

        var sent = await SendAsync(desk, desk.Visitor(), [.. Typed, ("website", "https://spam.example")]);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(TicketQueue.Spam, await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Queue).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_form_sent_at_once_or_with_a_made_up_stamp_is_asked_for_again()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        var page = await browser.PageAsync("/contact");

        var quick = await browser.SubmitAsync(page, "/contact", Typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, quick.StatusCode);
        Assert.Contains("再按一次发送", (await quick.Content.ReadAsStringAsync(Ct)).Words(), StringComparison.Ordinal);

        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        var forged = await browser.SubmitAsync(page.Replace("name=\"stamp\" value=\"", "name=\"stamp\" value=\"x", StringComparison.Ordinal), "/contact", Typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_post_without_the_pages_token_is_refused_and_keeps_what_was_typed()
    {
        await using var desk = new DeskApp();

        var sent = await desk.Visitor().SubmitAsync("", "/contact", Typed, ("a.txt", [1], "text/plain"));

        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Contains("三篇笔记不见了", await sent.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Attachment>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Too_many_from_one_address_wait_and_lose_nothing()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        for (var i = 0; i < PublicForms.NewTicketsInTenMinutes; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, browser, Typed)).StatusCode);
        }

        var one = await SendAsync(desk, browser, Typed, ("a.txt", [1], "text/plain"));

        Assert.Equal(HttpStatusCode.TooManyRequests, one.StatusCode);
        Assert.Contains("三篇笔记不见了", await one.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(PublicForms.NewTicketsInTenMinutes, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Attachment>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_broken_post_is_answered_in_words()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        using var half = new ByteArrayContent(Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nhalf"));
        half.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var odd = new StringContent("{}", Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/contact", half, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/contact", odd, Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_writes_hears_by_mail_that_it_has_arrived_and_no_more_often_than_of_mail()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.Get<Solodesk.Data.Settings>().SaveAsync(new MailSettings { AutomaticPerHour = 2 }, Ct);
        for (var times = 0; times < 4; times++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, desk.Visitor(), [.. Typed, ("website", times == 0 ? "https://spam.example" : "")])).StatusCode);
        }

        var sent = await desk.ReadAsync(db => db.Set<OutgoingMail>().Where(m => m.Automatic).Join(db.Set<Message>(), m => m.MessageId, m => m.Id, (m, said) => said).ToListAsync(Ct));
        Assert.Equal(2, sent.Count);
        Assert.All(sent, m => Assert.Equal(["lin@example.com"], m.To));
        Assert.All(sent, m => Assert.Contains("林晓棠", m.Body, StringComparison.Ordinal));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<TicketEvent>().CountAsync(e => e.Kind == TicketEventKind.Withheld && e.To == "limit", Ct)));
    }

    internal static async Task<HttpResponseMessage> SendAsync(DeskApp desk, HttpClient browser, IEnumerable<(string, string)> typed, params (string, byte[], string)[] files)
    {
        var page = await browser.PageAsync("/contact");
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        return await browser.SubmitAsync(page, "/contact", typed, files);
    }
}
