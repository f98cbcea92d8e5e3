using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Playwright;
using Solodesk.Browser.Chat;
using Solodesk.Browser.Stage;
using Solodesk.Mail.Tests.Hostile;

namespace Solodesk.Browser.Journeys;

/// <summary>
/// Every known vector as a visitor, a customer by mail and a foreign help centre would bring it, in a real browser. The pages' policy is switched
/// off: that nothing runs is to be the work of what we write, and the tree that the browser built of it is looked at as well.
/// </summary>
public sealed class HostileWordsTests(Theatre theatre)
{
    /// <summary>Says it on the console of whatever frame it runs in.</summary>
    private const string Sentinel = "for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => console.error('a vector ran in ' + location);";

    /// <summary>What in the tree could run; the browser itself says where a link leads. Handlers are given their chance before.</summary>
    private const string Judge = """
        place => {
          const found = [];
          const walk = (root, foreign) => {
            for (const e of root.querySelectorAll('*')) {
              const inside = foreign || (place && !!e.closest(place));
              const name = e.localName.toLowerCase();
              if (name === 'script' ? inside || (!e.src && e.type !== 'application/ld+json') || (e.src && new URL(e.src).origin !== location.origin && !e.src.endsWith('/widget.js'))
                : ['object', 'embed', 'applet', 'frame', 'frameset', 'math', 'foreignobject', 'animate', 'set', 'portal', 'marquee'].includes(name)) found.push(e.outerHTML.slice(0, 160));
              if (inside && ['style', 'link', 'meta', 'base', 'template', 'video', 'audio'].includes(name)) found.push(e.outerHTML.slice(0, 160));
              if (name === 'iframe' && !(e.getAttribute('src') ?? '').startsWith('/messages/')) found.push(e.outerHTML.slice(0, 160));
              for (const a of e.attributes) {
                if (/^on|hx-on|^srcdoc$/i.test(a.name)) found.push(e.outerHTML.slice(0, 160));
              }
              for (const to of [e.href?.baseVal ?? e.href, e.src, e.action, e.formAction, e.getAttribute('xlink:href')]) {
                if (typeof to === 'string' && to && !/^(https?:|mailto:|tel:|blob:|data:image\/(png|jpeg|gif|webp|bmp);base64,|\/|#|[^:]*$)/i.test(to)) found.push(`${name} leads to ${to.slice(0, 120)}`);
              }
              if (inside) {
                for (const type of ['error', 'load', 'mouseover', 'pointerenter', 'focus', 'toggle', 'beforetoggle', 'animationstart', 'transitionend', 'begin']) e.dispatchEvent(new Event(type));
              }
              if (e.shadowRoot) walk(e.shadowRoot, false);
            }
          };
          walk(document, false);
          return found;
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_runs_in_the_widget_the_inbox_or_the_help_centre()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look("en-US") { ForInspection = true }, more: ChatStage.NoLimits);
        await using var site = new StrangeSite(founder.Desk.Address);
        await using var visitor = await theatre.NewVisitorAsync(founder.Desk, new Look("en-US", 390) { ForInspection = true });
        var ran = new ConcurrentBag<string>();
        await WatchAsync(founder.Browser, ran);
        await WatchAsync(visitor, ran);
        var (inbox, program) = (founder.Page, founder.Program);
        var found = new List<string>();

        // The sentinel itself: where something does run, it is heard.
        var control = await visitor.NewPageAsync();
        await control.SetContentAsync("<img src=x onerror=alert(1)>");
        await Until(() => !ran.IsEmpty, "The sentinel hears nothing.");
        await control.CloseAsync();
        ran.Clear();

        // A chat: the visitor's words, and the same as the founder's answer.
        var shop = await visitor.NewPageAsync();
        await shop.GotoAsync(site.Address + "/en");
        // The page tells its title, and cuts it where an emoji has only half arrived.
        await shop.EvaluateAsync("document.title = 'x'.repeat(199) + '😀'");
        await ChatStage.OpenAsync(shop);
        string[] said = [.. ScriptVectors.All.Chunk(12).Select(c => string.Join('\n', c).Replace("\0", "", StringComparison.Ordinal).Trim())];
        for (var i = 0; i < said.Length; i++)
        {
            await ChatStage.SayAsync(shop, said[i]);
            await Assertions.Expect(ChatStage.Panel(shop).Locator(".me .bub:not(.wait)")).ToHaveCountAsync(i + 1);
        }

        var ticket = await ChatStage.OnlyTicketAsync(program, Ct);
        foreach (var answer in ScriptVectors.All.Chunk(25).Select(c => string.Join("\n\n", c)).Append("the last word"))
        {
            await program.PostJsonAsync($"/api/v1/tickets/{ticket}/replies", JsonSerializer.Serialize(new { body = answer }), "application/json", Ct);
        }

        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync("the last word");
        found.AddRange((await shop.EvaluateAsync<string[]>(Judge, ".wg")).Select(f => $"widget: {f}"));

        // The founder's side of it.
        await inbox.GotoAsync($"/inbox/all/{ticket}");
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync("the last word");
        found.AddRange((await inbox.EvaluateAsync<string[]>(Judge, "#conversation .msg .body")).Select(f => $"chat in the inbox: {f}"));

        // Formatted mail, in its frame.
        foreach (var (part, i) in ScriptVectors.Html.Chunk(60).Select((c, i) => (c, i)))
        {
            await program.PostJsonAsync("/api/v1/mail/raw?mailbox=" + FirstVisit.Mailbox, $"From: \"{Line(part[0])}\" <v{i}@customer.example>\nTo: {FirstVisit.Mailbox}\nSubject: mail {i} {Line(part[1])}\nMessage-ID: <v{i}@customer.example>\nDate: {TimeProvider.System.GetUtcNow():r}\n"
                + $"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Encoding.UTF8.GetBytes("<p>hello</p>" + string.Concat(part.Select(p => $"<div>{p}</div>"))), Base64FormattingOptions.InsertLineBreaks)}\n", "message/rfc822", Ct);
        }

        var tickets = await program.GetJsonAsync("/api/v1/tickets?limit=100", Ct);
        foreach (var number in tickets.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("number").GetInt64()).Where(n => n != ticket))
        {
            await inbox.GotoAsync($"/inbox/all/{number}");
            found.AddRange((await inbox.EvaluateAsync<string[]>(Judge, "#conversation .msg .body")).Select(f => $"mail {number}: {f}"));
            var frame = await inbox.Locator("iframe[data-mail]").First.GetAttributeAsync("src");
            await inbox.GotoAsync(frame + "?images=1");
            found.AddRange((await inbox.EvaluateAsync<string[]>(Judge, "body")).Where(f => !f.StartsWith("<base target", StringComparison.Ordinal)).Select(f => $"formatted mail {number}: {f}"));
        }

        // Articles out of a foreign export, in the editor and on the help centre, and found while typing.
        var rows = new StringBuilder("question,answer,language\n");
        foreach (var (part, i) in ScriptVectors.All.Chunk(6).Select((c, i) => (c, i)))
        {
            rows.Append(string.Join(',', new[] { $"drawer {i} {part[0]}", string.Join("\n\n", part), "en" }.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))).Append('\n');
        }

        await inbox.GotoAsync("/knowledge/exchange");
        await inbox.Locator("input[name=file]").SetInputFilesAsync(new FilePayload { Name = "faq.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows.ToString()) });
        await inbox.Locator("form.setform .btn.pri").ClickAsync();
        await Assertions.Expect(inbox.Locator(".say.good")).ToBeVisibleAsync();
        var help = await visitor.NewPageAsync();
        var map = XDocument.Parse(await program.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), Ct));
        string[] articles = [.. map.Descendants().Where(e => e.Name.LocalName == "loc").Select(e => new Uri(e.Value).AbsolutePath).Where(p => p.StartsWith("/help/en/articles/", StringComparison.Ordinal))];
        // Of some rows nothing is left to publish: they were scripts and styles from end to end.
        Assert.InRange(articles.Length, 80, ScriptVectors.All.Chunk(6).Count());
        foreach (var (article, i) in articles.Select((a, i) => (a, i)))
        {
            await help.GotoAsync(article);
            found.AddRange((await help.EvaluateAsync<string[]>(Judge, ".prose")).Select(f => $"{article}: {f}"));
            if (i % 10 == 0)
            {
                await inbox.GotoAsync($"/knowledge/{article.Split('/')[^1].Split('-')[0]}");
                found.AddRange((await inbox.EvaluateAsync<string[]>(Judge, "[data-look]")).Select(f => $"editor of {article}: {f}"));
            }
        }

        await help.GotoAsync("/help/en");
        await help.GetByRole(AriaRole.Combobox).PressSequentiallyAsync("drawer onerror");
        await Assertions.Expect(help.GetByRole(AriaRole.Option).First).ToContainTextAsync("drawer");
        found.AddRange((await help.EvaluateAsync<string[]>(Judge, "#hits")).Select(f => $"suggestions: {f}"));
        foreach (var words in ScriptVectors.All.Where((_, i) => i % 9 == 0))
        {
            await help.GotoAsync($"/help/en/search?q={Uri.EscapeDataString(words)}");
            found.AddRange((await help.EvaluateAsync<string[]>(Judge, "main")).Select(f => $"search {words}: {f}"));
        }

        Assert.True(found.Count == 0 && ran.IsEmpty, string.Join('\n', ran.Concat(found).Take(40)));
    }

    private static string Line(string vector) => string.Concat(vector.Where(c => c is >= ' ' and < '\u007f')).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static async Task Until(Func<bool> heard, string otherwise)
    {
        for (var i = 0; i < 400 && !heard(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, Ct);
        }

        Assert.True(heard(), otherwise);
    }

    private static async Task WatchAsync(IBrowserContext context, ConcurrentBag<string> ran)
    {
        await context.AddInitScriptAsync(Sentinel);
        context.Console += (_, message) =>
        {
            if (message.Text.StartsWith("a vector ran", StringComparison.Ordinal))
            {
                ran.Add(message.Text);
            }
        };
        context.Dialog += async (_, dialog) =>
        {
            ran.Add($"a dialogue: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }
}
