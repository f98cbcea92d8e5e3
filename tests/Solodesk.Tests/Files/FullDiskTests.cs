using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Tests.Api;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;

namespace Solodesk.Tests.Files;

/// <summary>What a full disk means to whoever writes, uploads or hands in mail: told in their language, nothing typed is lost, and all goes on once there is space.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Longer than what the database has space for in the pages that it holds already.
    private static readonly string Long = string.Concat(Enumerable.Repeat("三篇笔记不见了，能恢复吗？ ", 3000));

    private static readonly (string, string)[] Typed = [("name", "林晓棠"), ("email", "lin@example.com"), ("subject", "同步"), ("message", Long)];

    public static TheoryData<string, string, string> Languages => new()
    {
        { "zh-Hans", "磁盘满了，这次没能保存", "我们的磁盘满了，文件没能存下" },
        { "en", "disk is full, so nothing could be saved", "could not be saved because our disk is full" },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_contact_form_whose_file_finds_no_space_comes_back_whole(string language, string _, string fileWords)
    {
        var store = new FullStore();
        await using var desk = new DeskApp(with: store.Use);
        var browser = Visitor(desk, language);
        var page = await browser.PageAsync("/contact");
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        store.IsFull = true;

        using var refused = await browser.SubmitAsync(page, "/contact", Typed, ("截图.png", new byte[100], "image/png"));

        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode)507, refused.StatusCode);
        Assert.Contains(fileWords, again.Words(), StringComparison.Ordinal);
        Assert.Contains(Long.Trim(), WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Contains("value=\"lin@example.com\"", again, StringComparison.Ordinal);
        Assert.Equal(0, await TicketsAsync(desk));

        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        // Without the file it can go at once; with space, with the file as well.
        using var without = await browser.SubmitAsync(again, "/contact", Typed);
        Assert.Equal(HttpStatusCode.Redirect, without.StatusCode);
        store.IsFull = false;
        using var with = await browser.SubmitAsync(again, "/contact", Typed, ("截图.png", new byte[100], "image/png"));
        Assert.Equal(HttpStatusCode.Redirect, with.StatusCode);
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Attachment>().CountAsync(Ct)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_contact_form_that_the_database_has_no_space_for_comes_back_whole(string language, string words, string _)
    {
        await using var disk = new FullDatabase();
        var desk = disk.Desk;
        var browser = Visitor(desk, language);
        var page = await browser.PageAsync("/contact");
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        await disk.FillAsync();

        using var refused = await browser.SubmitAsync(page, "/contact", Typed);

        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode)507, refused.StatusCode);
        Assert.Contains(words, again.Words(), StringComparison.Ordinal);
        Assert.Contains(Long.Trim(), WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Contains("value=\"同步\"", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Equal(0, await TicketsAsync(desk));

        await disk.FreeAsync();
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        using var sent = await browser.SubmitAsync(again, "/contact", Typed);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(1, await TicketsAsync(desk));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_answer_on_the_tracking_page_comes_back_whole(string language, string words, string _)
    {
        await using var disk = new FullDatabase();
        var desk = disk.Desk;
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("同步", "x", "web") { CustomerEmail = "lin@example.com" }, Ct);
        var browser = Visitor(desk, language);
        var address = $"/track/{opened.Value.TrackingToken}";
        var page = await browser.PageAsync(address);
        await disk.FillAsync();

        using var refused = await browser.SubmitAsync(page, address, [("message", Long)]);

        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode)507, refused.StatusCode);
        Assert.Contains(words, again.Words(), StringComparison.Ordinal);
        Assert.Contains(Long.Trim(), WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        await disk.FreeAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(again, address, [("message", Long)])).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_upload_that_finds_no_space_is_told_so(string language, string words, string _)
    {
        var store = new FullStore();
        await using var desk = new DeskApp(with: store.Use);
        var client = await desk.ProgramAsync();
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        store.IsFull = true;

        using var refused = await UploadAsync(client);

        Assert.Equal("storage.full", await refused.ProblemAsync(507));
        Assert.Contains(words, (await refused.JsonAsync()).Text("title"), StringComparison.Ordinal);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Attachment>().CountAsync(Ct)));
        store.IsFull = false;
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync(client)).StatusCode);
    }

    [Theory]
    [InlineData("zh-Hans", "数据文件夹写不进去")]
    [InlineData("en", "may not write to its data folder")]
    public async Task A_data_folder_that_cannot_be_written_is_named_and_the_form_comes_back_whole(string language, string words)
    {
        var store = new FullStore { Says = new UnauthorizedAccessException("Access to the path is denied") };
        await using var desk = new DeskApp(with: store.Use);
        var browser = Visitor(desk, language);
        var page = await browser.PageAsync("/contact");
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        store.IsFull = true;

        using var refused = await browser.SubmitAsync(page, "/contact", Typed, ("截图.png", new byte[100], "image/png"));

        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode)507, refused.StatusCode);
        Assert.Contains(words, again.Words(), StringComparison.Ordinal);
        Assert.Contains(Long.Trim(), WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Equal("storage.unwritable", await (await UploadAsync(await desk.ProgramAsync())).ProblemAsync(507));
    }

    [Fact]
    public async Task A_raw_mail_that_finds_no_space_is_refused_and_filed_once_when_it_is_handed_in_again()
    {
        var store = new FullStore();
        await using var desk = new DeskApp(with: store.Use);
        var client = await desk.ProgramAsync();
        store.IsFull = true;

        Assert.Equal("storage.full", await (await HandInAsync(client)).ProblemAsync(507));
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<IncomingMail>().CountAsync(Ct)));

        store.IsFull = false;
        Assert.Equal("created", (await (await HandInAsync(client)).JsonAsync()).Text("outcome"));
        Assert.Equal("duplicate", (await (await HandInAsync(client)).JsonAsync()).Text("outcome"));
        Assert.Equal(1, await TicketsAsync(desk));
    }

    [Fact]
    public async Task A_raw_mail_that_the_database_has_no_space_for_is_filed_once_when_there_is_some()
    {
        await using var disk = new FullDatabase();
        var desk = disk.Desk;
        var client = await desk.ProgramAsync();
        await disk.FillAsync();

        // The bytes are safe perhaps, the ticket is not: whoever handed it in is told to come again.
        var refused = await HandInAsync(client);
        Assert.True((int)refused.StatusCode is 507 or 503, $"{refused.StatusCode}");
        Assert.Equal(0, await TicketsAsync(desk));

        await disk.FreeAsync();
        Assert.True((await HandInAsync(client)).IsSuccessStatusCode);
        Assert.Equal(1, await TicketsAsync(desk));
    }

    private static HttpClient Visitor(DeskApp desk, string language)
    {
        var browser = desk.Visitor();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return browser;
    }

    private static Task<int> TicketsAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct));

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[100]), "file", "a.txt" } };
        return await client.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, Ct);
    }

    private static async Task<HttpResponseMessage> HandInAsync(HttpClient client)
    {
        using var raw = new ByteArrayContent(Encoding.UTF8.GetBytes(Mails.Of(body: Long)));
        raw.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return await client.PostAsync(new Uri("/api/v1/mail/raw", UriKind.Relative), raw, Ct);
    }

    /// <summary>A desk whose database says that the disk is full, as each of the two databases says it.</summary>
    private sealed class FullDatabase : IAsyncDisposable
    {
        private readonly FullDisk _disk = new();

        public FullDatabase() => Desk = new DeskApp(interceptor: DeskApp.OnPostgres ? null : _disk);

        public DeskApp Desk { get; }

        public ValueTask DisposeAsync() => Desk.DisposeAsync();

        public async Task FillAsync()
        {
            _disk.IsFull = true;
            if (DeskApp.OnPostgres)
            {
                await Desk.SqlAsync("""
                    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = '53100'; END $$;
                    CREATE TRIGGER full_disk BEFORE INSERT ON "Messages" EXECUTE FUNCTION full_disk();
                    """);
            }
        }

        public async Task FreeAsync()
        {
            _disk.IsFull = false;
            if (DeskApp.OnPostgres)
            {
                await Desk.SqlAsync("DROP TRIGGER full_disk ON \"Messages\"");
            }
        }
    }
}
