using Solodesk.Tests.Channels.Web;

namespace Solodesk.Tests.Channels.Email;

public sealed class SimplifiedMailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_whose_formatting_was_too_much_says_so_and_leads_to_the_mail_as_it_came()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var deep = string.Concat(Enumerable.Repeat("<div>\r\n", 900)) + "<p>点导出没有反应。</p>";
        var filed = await desk.ReceiveAsync(Html(deep));
        var ticket = await desk.TicketAsync(filed.TicketId);
        var founder = desk.Desk();

        var page = await founder.PageAsync($"/inbox/all/{ticket.Number}");

        Assert.Contains("点导出没有反应。", page, StringComparison.Ordinal);
        Assert.Contains("这封信的排版太复杂", page, StringComparison.Ordinal);
        var source = page.Split('"').Single(p => p.StartsWith("/mail/", StringComparison.Ordinal) && p.EndsWith("/source", StringComparison.Ordinal));
        var raw = await founder.GetAsync(source, Ct);
        Assert.Equal("text/plain", raw.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<div>\r\n<div>", await raw.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_keeps_its_form_says_nothing()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var filed = await desk.ReceiveAsync(Html("<p>点导出<b>没有</b>反应。</p>"));

        var page = await desk.Desk().PageAsync($"/inbox/all/{(await desk.TicketAsync(filed.TicketId)).Number}");

        Assert.DoesNotContain("这封信的排版太复杂", page, StringComparison.Ordinal);
    }

    private static string Html(string body) => Mails.Of(body: body).Replace("text/plain", "text/html", StringComparison.Ordinal);
}
