using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Chat.Protocol;
using Solodesk.Common;
using Solodesk.Files;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Exchange;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Tests.Hostile;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Tests.Hostile;

/// <summary>Every known vector through each writer of HTML by itself.</summary>
public sealed class PiecesTests
{
    private const string Sprite = "/icons.svg";

    private static readonly HashSet<string> OfTheWidget = new(StringComparer.Ordinal)
    {
        "p", "br", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h3", "hr", "table", "thead", "tbody", "tr", "th", "td", "span",
    };

    [Fact]
    public void An_article_is_harmless() => AssertHarmless(v => ArticleMarkdown.ToPage(v, Sprite, _ => null).Html, Ours);

    [Fact]
    public void An_article_whose_links_to_others_are_all_found_is_harmless()
        => AssertHarmless(v => ArticleMarkdown.ToPage($"{v} [[{v}]]", Sprite, _ => "/help/en/articles/1-x").Html, Ours);

    [Fact]
    public void An_article_among_our_own_marks_is_harmless()
        => AssertHarmless(v => ArticleMarkdown.ToPage($"> [!tip] {v}\n\n1. {v}\n2. x\n\n![{v}](/files/1)\n\n[{v}](https://youtu.be/1)\n\n| a |\n|---|\n| {v.Replace('\n', ' ')} |", Sprite, _ => null).Html, Ours);

    [Fact]
    public void What_was_imported_from_another_help_centre_is_harmless()
        => AssertHarmless(v =>
        {
            using var export = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { articles = new[] { new { id = 1, title = "x", body = $"<p>a {v} b</p><ol><li>{v}</li></ol><pre>{v}</pre><a href=\"{v}\">{v}</a>", locale = "en-us", draft = false } } }));
            return ArticleMarkdown.ToPage(ReadImport.Read("articles.json", export)[0].Body, Sprite, _ => null).Html;
        }, Ours);

    [Fact]
    public void A_reply_and_a_note_are_harmless() => AssertHarmless(Markdown.ToHtml);

    [Fact]
    public void Every_block_of_a_reply_is_harmless()
        => AssertHarmless(v => Markdown.ToHtml($"# {v}\n\n- {v}\n\n> {v}\n\n```{v.ReplaceLineEndings(" ")}\n{v}\n```\n\n![{v}]({v})\n\n[{v}]({v} \"{v}\")\n\n**{v}**"));

    [Fact]
    public async Task A_mail_of_ours_is_harmless()
    {
        await using var desk = new DeskApp();
        var bodies = new OutgoingBody(desk.Get<Phrases>());
        AssertHarmless(v => bodies.Write(Said(MessageKind.Reply, v), Said(MessageKind.Inbound, v), new BusinessSettings(), "marker", 1, v).Html);
        AssertHarmless(v => bodies.Write(Said(MessageKind.Forward, v), null, new BusinessSettings(), "marker", 1, "").Html);
    }

    [Fact]
    public void A_formatted_mail_as_it_is_shown_is_harmless()
    {
        AssertHarmless(v => PageOf(v, remote: false), page: true);
        AssertHarmless(v => PageOf(v, remote: true), page: true);
    }

    [Fact]
    public void What_the_widget_is_told_to_draw_is_harmless()
    {
        var found = new List<string>();
        foreach (var vector in ScriptVectors.All)
        {
            foreach (var node in Flat(ChatMarkup.Of($"{vector}\n\n- {vector}\n\nbefore {vector} after\n\n> {vector}")))
            {
                if (!OfTheWidget.Contains((string)node[0]) || node.Length > 3 || (node.Length == 3 && !((string)node[0] == "a" && Harmless.LeadsWhereItMay("a", "href", (string)node[2]) && Uri.IsWellFormedUriString(Uri.EscapeDataString((string)node[2]), UriKind.Relative))))
                {
                    found.Add($"{vector}: {JsonSerializer.Serialize(node)}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("//evil.example/a")]
    [InlineData("/\\evil.example/a")]
    [InlineData("/\t/evil.example/a")]
    public void A_link_that_only_looks_like_one_of_ours_leads_nowhere(string address)
    {
        Assert.DoesNotContain("evil", Markdown.ToHtml($"[a](<{address}>)"), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", ArticleMarkdown.ToPage($"[a](<{address}>) ![b](<{address}>)", Sprite, _ => null).Html, StringComparison.Ordinal);
    }

    private static bool Ours(IElement element)
        => (element.LocalName == "svg" && element.ClassName == "i s" && element.Children is [{ LocalName: "use" }]) || (element.LocalName == "use" && element.GetAttribute("href")?.StartsWith(Sprite + "#i-", StringComparison.Ordinal) == true);

    private static string PageOf(string html, bool remote)
    {
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes("From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html));
        return MessageHtml.Page(LetterBodies.Of(mail, []).Html ?? "", _ => null, remote, ("blocked", "show"));
    }

    private static Message Said(MessageKind kind, string text) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        AuthorName = text,
        FromAddress = text,
        Channel = "email",
        Body = text,
        Quoted = text,
    };

    private static IEnumerable<object[]> Flat(IEnumerable<object> nodes)
        => nodes.OfType<object[]>().SelectMany(n => Flat((IEnumerable<object>)n[1]).Prepend(n));

    private static void AssertHarmless(Func<string, string> write, Func<IElement, bool>? ours = null, bool page = false)
    {
        var found = ScriptVectors.All.Select(v => (Vector: v, Html: write(v)))
            .Select(w => (w.Vector, w.Html, Findings: page ? Harmless.FindingsInPage(w.Html) : Harmless.FindingsInPiece(w.Html, ours))).Where(w => w.Findings.Count > 0)
            .Select(w => $"{w.Vector}\n   {string.Join("\n   ", w.Findings)}\n   in {w.Html}").ToList();
        Assert.True(found.Count == 0, $"{found.Count} of {ScriptVectors.All.Count}:\n{string.Join('\n', found.Take(40))}");
    }
}
