using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Talk;
using Solodesk.Mail.Tests.Hostile;
using Solodesk.Tickets;

namespace Solodesk.Tests.Chat;

/// <summary>Who gets in, with what, and what can be brought along.</summary>
public sealed class DoorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitors_words_stay_words()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        foreach (var words in ScriptVectors.All.Chunk(40).Select(c => string.Join('\n', c).Replace("\0", "", StringComparison.Ordinal).Replace("\ud83d<", "<", StringComparison.Ordinal).Replace("\ud800", "", StringComparison.Ordinal)))
        {
            await widget.SayAsync(words);
            var line = await widget.LineAsync("visitor");

            Assert.Equal(words.ReplaceLineEndings("\n").Trim(), line.GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
            Assert.False(line.TryGetProperty("body", out _));
        }
    }

    [Fact]
    public async Task Only_sites_on_the_list_may_talk()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await desk.Get<Solodesk.Data.Settings>().SaveAsync(new ChatSettings { Sites = ["https://shop.example.com", "https://*.driftnote.app"] }, Ct);
        using var visitor = desk.Visitor();

        foreach (var (origin, allowed) in ((string, bool)[])[("https://shop.example.com", true), ("https://app.driftnote.app", true), ("https://evil.example", false), ("https://evildriftnote.app", false), ("null", false)])
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/widget/config?lang=en");
            ask.Headers.Add("Origin", origin);
            using var answer = await visitor.SendAsync(ask, Ct);
            Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var given) && given.Single() == origin);
        }

        await using var fine = await TestWidget.OpenAsync(desk, origin: "https://shop.example.com");
        await Assert.ThrowsAnyAsync<Exception>(() => TestWidget.OpenAsync(desk, origin: "https://evil.example"));
    }

    [Fact]
    public async Task The_site_proves_who_is_signed_in_and_nobody_else_can()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        var secret = await desk.Get<ChatSecret>().RotateAsync(Ct);
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "user-7"u8));

        await using var phone = await TestWidget.OpenAsync(desk, user: new { id = "user-7", hash, name = "林晓棠" });
        await phone.SayAsync("手机上问的");
        await using var laptop = await TestWidget.OpenAsync(desk, user: new { id = "user-7", hash });
        Assert.Equal("手机上问的", (await laptop.LineAsync("visitor")).GetProperty("text").GetString());

        await using var thief = await TestWidget.OpenAsync(desk, user: new { id = "user-7", hash = new string('0', 64) });
        Assert.False(thief.Welcome.TryGetProperty("talk", out _));
        Assert.Contains(thief.Heard, f => f.GetProperty("t").GetString() == "no" && f.GetProperty("code").GetString() == "chat.identity");
        Assert.Equal("user-7", await desk.ReadAsync(db => db.Set<ChatConversation>().Select(c => c.SiteUser).SingleAsync(Ct)));
        await desk.Get<ChatSecret>().RotateAsync(Ct);
        await using var late = await TestWidget.OpenAsync(desk, user: new { id = "user-7", hash });
        Assert.False(late.Welcome.TryGetProperty("talk", out _));
    }

    [Fact]
    public async Task Files_travel_both_ways_and_bad_ones_are_refused_in_words()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        using var visitor = desk.Visitor();
        var token = Uri.EscapeDataString(widget.Token);

        async Task<(HttpStatusCode Status, JsonElement Body)> HandAsync(string name, string type, byte[] bytes)
        {
            using var answer = await visitor.PostAsync(new Uri($"/chat/files?name={Uri.EscapeDataString(name)}&type={type}&token={token}&lang=en", UriKind.Relative), new ByteArrayContent(bytes), Ct);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
        }

        var (status, file) = await HandAsync("截图.png", "image/png", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.OK, status);
        await widget.SayAsync("看这里", files: [file.GetProperty("token").GetString()!]);
        var line = await widget.LineAsync("visitor");
        Assert.Equal("截图.png", line.GetProperty("files")[0].GetProperty("name").GetString());
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Attachment>().CountAsync(a => a.MessageId != null, Ct)));

        Assert.Contains("ZIP", (await HandAsync("setup.exe", "application/octet-stream", [1])).Body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("empty", (await HandAsync("a.txt", "text/plain", [])).Body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await HandAsync("large.bin", "application/octet-stream", new byte[26 * 1024 * 1024])).Status);
    }

    [Fact]
    public async Task A_file_opens_by_its_own_address_only_and_nobody_takes_what_somebody_else_has_sent()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await using var other = await TestWidget.OpenAsync(desk);
        using var visitor = desk.Visitor();
        var mine = await HandAsync(widget.Token, "mine.txt");
        var theirs = await HandAsync(other.Token, "theirs.txt");
        await widget.SayAsync("看这里", files: [mine]);
        await widget.LineAsync("visitor");
        // What is sent belongs to its message; somebody else who names it takes nothing along.
        await other.SayAsync("我也要", files: [mine, theirs]);
        await other.LineAsync("visitor");

        var messages = await desk.ReadAsync(db => db.Set<Message>().AsNoTracking().Include(m => m.Attachments).Where(m => m.Attachments.Count > 0).ToListAsync(Ct));
        Assert.Equal([("看这里", "mine.txt"), ("我也要", "theirs.txt")], messages.OrderBy(m => m.Attachments.Single().Name, StringComparer.Ordinal).Select(m => (m.Body, m.Attachments.Single().Name)));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(new Uri($"/files/{mine}/mine.txt", UriKind.Relative), Ct)).StatusCode);
        foreach (var wrong in (string[])[mine[..^1] + (mine[^1] == 'A' ? 'B' : 'A'), new string('a', mine.Length), widget.Token[..27]])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri($"/files/{Uri.EscapeDataString(wrong)}/mine.txt", UriKind.Relative), Ct)).StatusCode);
        }

        async Task<string> HandAsync(string token, string name)
        {
            using var answer = await visitor.PostAsync(new Uri($"/chat/files?name={name}&type=text/plain&token={Uri.EscapeDataString(token)}&lang=en", UriKind.Relative), new ByteArrayContent([1, 2, 3]), Ct);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("token").GetString()!;
        }
    }

    [Fact]
    public async Task A_visitor_cannot_take_the_picture_of_an_article()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        var article = Guid.CreateVersion7();
        var kept = (await desk.Get<KeepUpload>().RunAsync(desk.Founder, "a.png", "image/png", new MemoryStream([1, 2, 3]), Ct)).Value;
        await desk.ReadAsync(db => db.Set<Attachment>().ExecuteUpdateAsync(a => a.SetProperty(x => x.HolderId, article), Ct));

        await widget.SayAsync("给我", files: [kept.Token]);
        await widget.LineAsync("visitor");

        var picture = await desk.ReadAsync(db => db.Set<Attachment>().SingleAsync(Ct));
        Assert.Equal((null, article), (picture.MessageId, picture.HolderId));
    }

    [Fact]
    public async Task Without_a_socket_plain_posts_carry_the_same()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        using var visitor = desk.Visitor();
        var first = await ExchangeAsync(visitor, new { hello = new { lang = "en" }, frames = new object[] { new { t = "say", id = "post-0001", text = "Hello by post" } }, wait = 5 });
        var token = first.Single(f => f.GetProperty("t").GetString() == "welcome").GetProperty("token").GetString();
        var talk = first.Single(f => f.GetProperty("t").GetString() == "ok").GetProperty("talk").GetString();
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));

        var waiting = ExchangeAsync(visitor, new { hello = new { token, talk, after = 1, lang = "en" }, wait = 20 });
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        await ConversationTests.ReplyAsync(desk, ticket.Id, "Hello back");

        Assert.Contains(await waiting, f => f.GetProperty("t").GetString() == "line" && f.GetProperty("kind").GetString() is "agent" or "joined");
        await ExchangeAsync(visitor, new { hello = new { token, talk, after = 1, lang = "en" }, frames = new object[] { new { t = "say", id = "post-0001", text = "Hello by post" } }, wait = 0 });
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Message>().CountAsync(Ct)));
    }

    [Theory]
    [InlineData("/widget.js")]
    [InlineData("/widget/config?lang=zh-CN")]
    public async Task What_a_site_loads_is_there_for_everybody(string address)
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        using var visitor = desk.Visitor();
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_script_of_a_page_is_small_and_the_rest_can_be_kept_for_ever()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        using var visitor = desk.Visitor();
        var script = await visitor.GetByteArrayAsync(new Uri("/widget.js", UriKind.Relative), Ct);
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(script, Ct);
        }

        Assert.InRange(packed.Length, 500, 15 * 1024);
        var config = await visitor.GetFromJsonAsync<JsonElement>("/widget/config?lang=en", Ct);
        using var panel = await visitor.GetAsync(new Uri(config.GetProperty("panel").GetString()!, UriKind.Relative), Ct);
        Assert.True(panel.Headers.CacheControl?.Extensions.Any(e => e.Name == "immutable"));
        Assert.Equal("*", panel.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task The_settings_refuse_a_colour_on_which_nobody_can_read_and_show_the_secret_once()
    {
        await using var desk = new DeskApp(realSignIn: true, with: WithoutBot.In);
        var founder = await desk.FoundAsync();
        await founder.FillAsync("/settings/chat", "/settings/chat", ("enabled", "on"), ("colour", "#FFE000"), ("side", "right"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        Assert.Contains("4.5", founder.Text, StringComparison.Ordinal);
        await founder.FillAsync("/settings/chat", "/settings/chat", ("enabled", "on"), ("colour", "#0F665F"), ("side", "left"));
        Assert.Equal("/settings/chat?saved=look#look", founder.To);
        await founder.FillAsync("/settings/chat", "/settings/chat/answers", ("mail_after", "60"), ("ask_address", "on"), ("invitations", "/pricing | 20 | 有问题就问"));
        Assert.Equal("/settings/chat?saved=answers#answers", founder.To);
        await founder.FillAsync("/settings/chat", "/settings/chat/secret");
        Assert.Matches("value=\"[0-9a-f]{64}\"", founder.Text);
        Assert.DoesNotMatch("value=\"[0-9a-f]{64}\"", (await founder.OpenAsync("/settings/chat")).Text);
        var saved = await desk.Get<Solodesk.Data.Settings>().ReadAsync<ChatSettings>(Ct);
        Assert.Equal(("#0F665F", "left", 60, "有问题就问"), (saved.Colour, saved.Side, saved.MailAfterSeconds, saved.Invitations[0].Text));
    }

    [Fact]
    public async Task The_made_up_shop_is_shown_only_with_demo()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        using var visitor = desk.Visitor();
        using var none = await visitor.GetAsync(new Uri("/demo/shop", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static async Task<IReadOnlyList<JsonElement>> ExchangeAsync(HttpClient visitor, object body)
    {
        using var answer = await visitor.PostAsync(new Uri("/chat/exchange", UriKind.Relative), new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain"), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<List<JsonElement>>(Ct) ?? [];
    }
}
