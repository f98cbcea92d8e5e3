using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Exchange;
using Solodesk.Mail.Tests.Hostile;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tests.Chat;
using Solodesk.Tests.Knowledge;
using Solodesk.Tickets;

namespace Solodesk.Tests.Hostile;

/// <summary>Every known vector wherever a stranger's words stand in a page, a feed or an answer of the desk.</summary>
public sealed class PagesTests
{
    /// <summary>Where words are only repeated, several at once tell as much as one.</summary>
    private static readonly IReadOnlyList<string> Several = [.. ScriptVectors.All.Chunk(6).Select(c => string.Join(' ', c))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_searched_for_is_repeated_as_words()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var (visitor, found) = (desk.Visitor(), new Findings());
        foreach (var (vector, i) in ScriptVectors.All.Select((v, i) => (v, i)))
        {
            using var answer = await visitor.GetAsync(new Uri($"/help/{(i % 2 == 0 ? "en" : "zh")}/search?q={Uri.EscapeDataString(vector)}", UriKind.Relative), Ct);
            found.Add(vector, Harmless.FindingsInPage(await answer.Content.ReadAsStringAsync(Ct)));
            using var drop = await visitor.GetAsync(new Uri($"/help/en/suggest?q={Uri.EscapeDataString("invoice " + vector)}", UriKind.Relative), Ct);
            found.Add(vector, Harmless.FindingsInPiece(await drop.Content.ReadAsStringAsync(Ct), e => e.Id?.StartsWith("hit-", StringComparison.Ordinal) == true || e.LocalName is "svg" or "use"));
        }

        // What was asked and not found stands before the founder.
        await desk.Get<Readership>().FlushAsync(Ct);
        foreach (var page in (string[])["/knowledge/gaps", "/knowledge/match"])
        {
            found.Add(page, Harmless.FindingsInPage(await desk.Desk().PageAsync(page)));
        }

        found.AreNone();
    }

    [Fact]
    public async Task Imported_articles_are_harmless_on_every_page_that_shows_them()
    {
        await using var desk = new DeskApp();
        await desk.Get<AnswerIndex>().Ready;
        var csv = new StringBuilder("question,answer,topic,tags,language\r\n");
        foreach (var vector in ScriptVectors.All)
        {
            csv.Append(string.Join(',', new[] { vector, $"{vector}\n\nWords. {vector}", vector.Length < 60 ? vector : "", vector, "en" }.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))).Append("\r\n");
        }

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var done = await desk.Get<ImportArticles>().RunAsync(desk.Founder, ReadImport.Read("a.csv", file), publish: true, Ct);
        Assert.True(done.Ok && done.Value.Added > ScriptVectors.All.Count * 0.9, done.Problem?.Code);
        var (visitor, founder, found) = (desk.Visitor(), desk.Desk(), new Findings());

        var cards = desk.Get<AnswerIndex>().Public("en").ToList();
        Assert.True(cards.Count > 300, $"{cards.Count}");
        foreach (var card in cards)
        {
            found.Add(card.Title, Harmless.FindingsInPage(await visitor.PageAsync(card.Path)));
        }

        foreach (var page in (IEnumerable<string>)["/help/en", "/help/zh", "/contact?lang=en", .. desk.Get<AnswerIndex>().Topics.Select(t => $"/help/en/topics/{t.Slug}")])
        {
            found.Add(page, Harmless.FindingsInPage(await visitor.PageAsync(page)));
        }

        foreach (var page in (IEnumerable<string>)["/knowledge", "/knowledge/topics", "/knowledge/exchange", .. cards.Chunk(8).Select(c => $"/knowledge/{c[0].Number}"), .. cards.Chunk(40).Select(c => $"/knowledge/{c[0].Number}/versions?lang=en")])
        {
            found.Add(page, Harmless.FindingsInPage(await founder.PageAsync(page)));
        }

        found.AreNone();
        // What machines read is well-formed, and holds nothing but its own elements.
        var feed = XDocument.Parse(await visitor.PageAsync("/help/en/feed.xml"));
        Assert.All(feed.Descendants(), e => Assert.Equal("http://www.w3.org/2005/Atom", e.Name.NamespaceName));
        Assert.All(feed.Descendants().Where(e => e.Name.LocalName == "link"), e => Assert.StartsWith("http", e.Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.Equal(50, feed.Root!.Elements().Count(e => e.Name.LocalName == "entry"));
        Assert.True(XDocument.Parse(await visitor.PageAsync("/sitemap.xml")).Root!.Elements().Count() > 300);
    }

    [Fact]
    public async Task An_answer_over_the_network_is_data_and_its_words_are_harmless_in_the_widget()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new AnswerSettings { PerMinute = 1_000_000 }, Ct);
        await desk.Get<AnswerIndex>().Ready;
        var (visitor, found) = (desk.Visitor(), new Findings());
        foreach (var (several, i) in Several.Select((s, i) => (s, i)))
        {
            await desk.PublishAsync($"How do I open drawer number{i}?", several, "en");
            using var answer = await visitor.PostAsJsonAsync("/support", new { question = $"How do I open drawer number{i}?" }, Ct);
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
            var words = json.RootElement.GetProperty("answer").GetString()!;
            found.Add(several, Harmless.FindingsInPiece(Markdown.ToHtml(words)));
            Assert.DoesNotContain("javascript", JsonSerializer.Serialize(ChatMarkup.Of(words).Where(n => n is object[] { Length: 3 })), StringComparison.OrdinalIgnoreCase);
            Assert.All(json.RootElement.GetProperty("sources").EnumerateArray(), s => Assert.StartsWith("http", s.GetProperty("url").GetString(), StringComparison.Ordinal));
        }

        foreach (var vector in ScriptVectors.All)
        {
            using var answer = await visitor.PostAsJsonAsync("/support", new { question = vector }, Ct);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode} for {vector}");
            Assert.DoesNotContain('<', await answer.Content.ReadAsStringAsync(Ct));
        }

        found.AreNone();
    }

    [Fact]
    public async Task A_bot_s_turn_and_its_log_are_harmless()
    {
        await using var desk = new DeskApp();
        await desk.Get<AnswerIndex>().Ready;
        await using var widget = await TestWidget.OpenAsync(desk, lang: "en");
        var found = new Findings();
        foreach (var (several, i) in ScriptVectors.Markdown.Chunk(30).Select((c, i) => (string.Join("\n\n", c), i)))
        {
            await desk.PublishAsync($"How do I open drawer number{i}? <img src=x onerror=alert({i})>", several, "en");
            await widget.SayAsync($"How do I open drawer number{i}?");
            var line = await widget.LineAsync("bot");
            Assert.DoesNotContain("javascript:", string.Concat(Links(line.GetProperty("body"))), StringComparison.OrdinalIgnoreCase);
            Assert.All(line.GetProperty("bot").GetProperty("sources").EnumerateArray(), s => Assert.Matches("^(https?:/)?/", s.GetProperty("url").GetString()!));
        }

        var conversation = await desk.ReadAsync(db => db.Set<ChatConversation>().SingleAsync(Ct));
        foreach (var page in (string[])["/knowledge/bot", $"/knowledge/bot/{conversation.Id}"])
        {
            found.Add(page, Harmless.FindingsInPage(await desk.Desk().PageAsync(page)));
        }

        found.AreNone();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    [Fact]
    public async Task A_stranger_s_ticket_is_harmless_wherever_it_is_shown()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("hello");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        var (visitor, founder, found) = (desk.Visitor(), desk.Desk(), new Findings());
        foreach (var (several, i) in Several.Select((s, i) => (s, i)))
        {
            await desk.ReadAsync(async db =>
            {
                var now = await db.Set<Ticket>().SingleAsync(t => t.Id == ticket.Id, Ct);
                now.Subject = Cut(several, 500);
                (await db.Set<Customer>().SingleAsync(Ct)).Name = Cut(several, 200);
                var message = await db.Set<Message>().SingleAsync(Ct);
                (message.Body, message.Quoted, message.FromAddress) = (several, several, Cut(several, 320));
                (await db.Set<ChatConversation>().SingleAsync(Ct)).Context = new VisitorContext { Page = ScriptVectors.All[i * 6], Title = several, Referrer = several, Browser = several, Locale = several, Zone = several, Pages = [several] };
                return await db.SaveChangesAsync(Ct);
            });
            foreach (var page in (string[])[$"/inbox/all/{ticket.Number}", $"/tickets/{ticket.Number}/print", $"/inbox/{ticket.Number}/transcript.html", $"/customers/{ticket.CustomerId}", "/customers", "/palette?q=hello"])
            {
                using var answer = await founder.GetAsync(new Uri(page, UriKind.Relative), Ct);
                found.Add($"{page} ({answer.StatusCode}): {several}", Harmless.FindingsInPage(await answer.Content.ReadAsStringAsync(Ct)));
                Assert.True(answer.IsSuccessStatusCode, $"{page}: {answer.StatusCode}");
            }

            found.Add(several, Harmless.FindingsInPage(await visitor.PageAsync($"/track/{ticket.TrackingToken}")));
            found.Add(several, Harmless.FindingsInPage(await founder.PageAsync($"/search?q={Uri.EscapeDataString(several)}")));
        }

        found.AreNone();
    }

    [Fact]
    public async Task The_contact_form_gives_back_words_and_the_answers_beside_it_are_harmless()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var (visitor, found) = (desk.Visitor(), new Findings());
        foreach (var several in Several)
        {
            var page = await visitor.PageAsync($"/contact?lang=en&question={Uri.EscapeDataString(several)}&article=1");
            found.Add(several, Harmless.FindingsInPage(page));
            using var refused = await visitor.SubmitAsync(page, "/contact", [("name", several), ("email", several), ("subject", several), ("message", several)], ($"{several[..Math.Min(40, several.Length)].ReplaceLineEndings(" ").Replace('"', ' ').Replace('\0', ' ')}.png", [1], "image/png"));
            found.Add($"{refused.StatusCode}: {several}", Harmless.FindingsInPage(await refused.Content.ReadAsStringAsync(Ct)));
            using var beside = await visitor.PostAsync(new Uri("/contact/answers", UriKind.Relative), new FormUrlEncodedContent([new("subject", "invoice " + several), new("message", several), new("lang", "en")]), Ct);
            found.Add(several, Harmless.FindingsInPiece(await beside.Content.ReadAsStringAsync(Ct), e => e.LocalName is "svg" or "use" || (e.LocalName == "input" && e.GetAttribute("name") == "seen")));
        }

        found.AreNone();
    }

    [Fact]
    public async Task A_mail_made_of_vectors_arrives_and_is_shown_harmless()
    {
        await using var desk = new DeskApp();
        var (founder, found) = (desk.Desk(), new Findings());
        foreach (var (vector, i) in ScriptVectors.Html.Where((_, i) => i % 12 == 0).Select((v, i) => (v, i)))
        {
            var line = vector.ReplaceLineEndings(" ").Replace('\0', ' ');
            var filed = await desk.ReceiveAsync($"From: \"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <a{i}@example.com>\r\nTo: {Mails.Desk}\r\nSubject: {line}\r\nMessage-ID: <v{i}@example.com>\r\nDate: Mon, 05 Jan 2026 09:00:00 +0800\r\n"
                + $"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>hello</p>{vector}\r\n--b\r\nContent-Type: image/svg+xml; name=\"{line.Replace('"', '\'')}\"\r\nContent-Disposition: attachment; filename=\"{line.Replace('"', '\'')}.svg\"\r\n\r\n<svg onload=alert(1)>\r\n--b--\r\n");
            var ticket = await desk.TicketAsync(filed.TicketId);
            var message = (await desk.MessagesAsync(ticket.Id)).Single();
            found.Add(vector, Harmless.FindingsInPage(await founder.PageAsync($"/inbox/all/{ticket.Number}")));
            if (message.Html is not null)
            {
                found.Add(vector, Harmless.FindingsInPage(await founder.PageAsync($"/messages/{message.Id}/html?images=1")));
            }
        }

        found.AreNone();
        foreach (var file in await desk.ReadAsync(db => db.Set<Attachment>().AsNoTracking().Take(20).ToListAsync(Ct)))
        {
            using var answer = await founder.GetAsync(new Uri($"/files/{file.Token}/{Uri.EscapeDataString(file.Name)}", UriKind.Relative), Ct);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.DoesNotContain("svg", answer.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
            Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    private static IEnumerable<string> Links(JsonElement node)
        => node.ValueKind != JsonValueKind.Array ? [] : node.GetArrayLength() == 3 && node[0].ValueKind == JsonValueKind.String && node[2].ValueKind == JsonValueKind.String
            ? Links(node[1]).Append(node[2].GetString()!) : node.EnumerateArray().SelectMany(Links);

    /// <summary>Everything that is wrong, told at the end.</summary>
    private sealed class Findings
    {
        private readonly List<string> _all = [];

        public void Add(string where, IReadOnlyList<string> found) => _all.AddRange(found.Select(f => $"{f}\n   by {where}"));

        public void AreNone() => Assert.True(_all.Count == 0, $"{_all.Count}:\n{string.Join('\n', _all.Take(40))}");
    }
}
