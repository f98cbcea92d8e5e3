using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Files;

public sealed class MessageHtmlTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remote_images_wait_until_they_are_allowed()
    {
        await using var desk = new DeskApp();
        var id = await MailAsync(desk, "<p>Hi</p><img src=\"https://tracker.example/a.gif\"><a href=\"https://example.com\">there</a>");

        var blocked = await desk.Desk().GetAsync($"/messages/{id}/html", Ct);
        var page = await blocked.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("tracker.example", page, StringComparison.Ordinal);
        Assert.Contains("?images=1", page, StringComparison.Ordinal);
        var policy = blocked.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; img-src 'self' data:;", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy.Replace("default-src", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var allowed = await desk.Desk().GetAsync($"/messages/{id}/html?images=1", Ct);
        Assert.Contains("tracker.example", await allowed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: https:;", allowed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_of_the_mail_itself_come_from_our_files()
    {
        await using var desk = new DeskApp();
        var id = await MailAsync(desk, "<img src=\"cid:logo@mail\">", new Attachment
        {
            Id = Guid.CreateVersion7(), Name = "logo.png", MediaType = "image/png", Sha256 = new string('0', 64), Token = "TTTTTTTTTTTTTTTTTTTTTTTTTTT", ContentId = "<logo@mail>", Inline = true,
        });

        var page = await desk.Desk().PageAsync($"/messages/{id}/html");

        Assert.Contains("src=\"/files/TTTTTTTTTTTTTTTTTTTTTTTTTTT/logo.png\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("?images=1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_see_nothing()
    {
        await using var desk = new DeskApp();
        var id = await MailAsync(desk, "<p>secret</p>");

        Assert.Equal(HttpStatusCode.Redirect, (await desk.Visitor().GetAsync($"/messages/{id}/html", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Desk().GetAsync($"/messages/{Guid.CreateVersion7()}/html", Ct)).StatusCode);
    }

    private static async Task<Guid> MailAsync(DeskApp desk, string html, params Attachment[] files)
    {
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.ReadAsync(async db =>
        {
            var message = await db.Set<Message>().SingleAsync(m => m.Id == opened.MessageId, Ct);
            message.Html = html;
            message.Attachments.AddRange(files);
            db.AddRange(files.AsEnumerable());
            return await db.SaveChangesAsync(Ct);
        });
        return opened.MessageId;
    }
}
