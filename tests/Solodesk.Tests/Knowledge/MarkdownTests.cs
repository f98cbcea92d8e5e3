using AngleSharp.Html.Parser;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Tests.Knowledge;

public sealed class MarkdownTests
{
    /// <summary>Known ways of smuggling scripts through Markdown and HTML.</summary>
    public static TheoryData<string> Vectors =>
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<body onload=alert(1)>",
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\nscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](data:text/html,<script>alert(1)</script>)",
        "[a](vbscript:msgbox(1))", "[a](\u0001javascript:alert(1))", "[a]( javascript:alert(1))", "![a](javascript:alert(1))", "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "![a](x\" onerror=\"alert(1))", "[a](x\" onclick=\"alert(1))", "[a](http://x \"t\\\" onmouseover=alert(1) x=\\\"\")", "<javascript:alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
        "[a][b]\n\n[b]: javascript:alert(1)", "[a][b]\n\n[b]: <javascript:alert(1)> \"x\"", "`<script>alert(1)</script>`", "```\n<script>alert(1)</script>\n```", "```\"><script>alert(1)</script>\nx\n```",
        "> [!tip\"><script>alert(1)</script>] x", "> [!tip] <img src=x onerror=alert(1)>", "[[<script>alert(1)</script>]]", "[[x](javascript:alert(1))]]", "# <img src=x onerror=alert(1)>",
        "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |", "<math><mtext></p><style><img src=x onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "<style>@import 'http://x'</style>", "<link rel=stylesheet href=//x>", "<meta http-equiv=refresh content=0;url=javascript:alert(1)>", "<form action=javascript:alert(1)><button>x",
        "<details open ontoggle=alert(1)>", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "[a](//evil.example)", "[a](/\\evil.example)", "<object data=javascript:alert(1)>", "<https://x\"onclick=alert(1)>",
    ];

    [Theory, MemberData(nameof(Vectors))]
    public void Nothing_that_is_written_becomes_a_script(string markdown)
    {
        var html = ArticleMarkdown.ToPage(markdown, "/icons.svg", _ => "/help/en/articles/1-x").Html;
        var document = new HtmlParser().ParseDocument($"<body>{html}");

        Assert.Empty(document.QuerySelectorAll("script,iframe,object,embed,form,style,link,meta,base,details,math,noscript,input"));
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style" || a.Name == "srcdoc");
            foreach (var name in (string[])["href", "src"])
            {
                if (element.GetAttribute(name) is { Length: > 0 } url)
                {
                    Assert.Matches("^(https?://|mailto:|tel:|#|/(?![/\\\\])|$)", url);
                }
            }
        }
    }

    [Fact]
    public void Callouts_steps_videos_and_links_to_articles_are_drawn()
    {
        var page = ArticleMarkdown.ToPage("""
            > [!提示] 先**备份**

            ## 步骤

            1. 打开
            2. 点

            https://www.bilibili.com/video/BV1

            相关：[[另一篇]]、[[没有的]]
            """, "/icons.svg", title => title == "另一篇" ? "/help/zh/articles/2-x" : null);

        Assert.Contains("<blockquote class=\"say acc\">", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("[!提示]", page.Html, StringComparison.Ordinal);
        Assert.Contains("先<strong>备份</strong>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"video\">", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/help/zh/articles/2-x\">另一篇</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains("、没有的", page.Html, StringComparison.Ordinal);
        Assert.Equal("步骤", Assert.Single(page.Headings).Text);
    }

    [Fact]
    public void The_plain_words_keep_steps_and_lose_markup()
    {
        var sections = PlainText.Sections("先看**这里**。\n\n## 步骤\n\n1. 打开 `设置`\n2. 点[这里](https://x.example)\n\n> [!tip] 别忘了\n");

        Assert.Equal(["", "步骤"], sections.Select(s => s.Heading));
        Assert.Equal("1. 打开 设置\n2. 点这里\n别忘了", sections[1].Shown);
    }
}
