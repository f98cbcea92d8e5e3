using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Jobs;
using Solodesk.Tests.Api;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Files;

public sealed class FilesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("截图.png", "image/png", "inline", "image/png")]
    [InlineData("draw.svg", "image/svg+xml", "attachment", "application/octet-stream")]
    [InlineData("page.html", "text/html; charset=utf-8", "attachment", "application/octet-stream")]
    [InlineData("report.pdf", "application/pdf", "attachment", "application/pdf")]
    [InlineData("odd", "no type at all", "attachment", "application/octet-stream")]
    public async Task A_file_comes_back_as_a_download_and_only_safe_images_are_shown(string name, string type, string disposition, string answered)
    {
        await using var desk = new DeskApp();
        var kept = (await desk.Get<KeepUpload>().RunAsync(desk.Founder, name, type, new MemoryStream([1, 2, 3]), Ct)).Value;

        var response = await desk.Visitor().GetAsync($"/files/{kept.Token}/{Uri.EscapeDataString(name)}", Ct);

        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(disposition, response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal(answered, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_guessed_address_opens_nothing()
    {
        await using var desk = new DeskApp();

        Assert.Equal(HttpStatusCode.NotFound, (await desk.Visitor().GetAsync("/files/AAAAAAAAAAAAAAAAAAAAAAAAAAA/a.txt", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_program_uploads_a_file_and_sends_it()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);
        var number = (await client.OpenAsync()).Text("number");

        var uploaded = await UploadAsync(client, "说明.txt", [1, 2, 3, 4]);

        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        var file = await uploaded.JsonAsync();
        Assert.Equal(("说明.txt", "4"), (file.Text("name"), file.Text("size")));
        var reply = await (await client.PostAsync($"/api/v1/tickets/{number}/replies", new { body = "See the file", attachmentIds = new[] { file.Text("id") } })).JsonAsync();
        Assert.Equal(file.Text("path"), reply.GetProperty("attachments")[0].Text("path"));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_in_words()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new FileLimits { MaxFileMegabytes = 1 }, Ct);
        var client = await desk.ProgramAsync();

        var response = await UploadAsync(client, "big.bin", new byte[(1024 * 1024) + 1]);

        Assert.Equal("file.too_large", await response.ProblemAsync(413));
        Assert.Contains("1 MB", (await response.JsonAsync()).Text("title"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(desk.Get<DeskFolders>().Incoming));
    }

    [Fact]
    public async Task Uploads_that_are_never_sent_go_after_a_day_with_their_bytes()
    {
        await using var desk = new DeskApp();
        var keep = desk.Get<KeepUpload>();
        var sent = (await keep.RunAsync(desk.Founder, "sent.txt", "text/plain", new MemoryStream([7]), Ct)).Value;
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "x", Internal: true) { AttachmentIds = [sent.Id] }, Ct);
        var twin = (await keep.RunAsync(desk.Founder, "twin.txt", "text/plain", new MemoryStream([7]), Ct)).Value;
        var lost = (await keep.RunAsync(desk.Founder, "lost.txt", "text/plain", new MemoryStream([9]), Ct)).Value;

        // Bytes carry the file system's own time, so the sweep is asked from the far future.
        desk.Clock.Advance(TimeSpan.FromDays(400));
        foreach (var job in desk.Get<IEnumerable<IPeriodicJob>>().OfType<SweepUploads>())
        {
            await job.RunAsync(Ct);
        }

        Assert.Equal("sent.txt", await desk.ReadAsync(db => db.Set<Attachment>().Select(a => a.Name).SingleAsync(Ct)));
        await using var kept = await desk.Get<IFileStore>().OpenAsync(twin.Sha256, Ct);
        Assert.NotNull(kept);
        Assert.Null(await desk.Get<IFileStore>().OpenAsync(lost.Sha256, Ct));
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(content, "file", name);
        return await client.PostAsync("/api/v1/files", form, Ct);
    }
}
