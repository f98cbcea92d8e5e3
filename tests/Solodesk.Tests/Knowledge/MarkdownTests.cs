using Solodesk.Knowledge.Articles;

namespace Solodesk.Tests.Knowledge;

public sealed class MarkdownTests
{
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

    [Theory]
    [InlineData("```\nif [[ -f a ]]; then\n```", "if [[ -f a ]]; then")]
    [InlineData("Type `[[1, 2], [3]]` there.", "<code>[[1, 2], [3]]</code>")]
    [InlineData("See [[Other]].\n\n    x = [[0]]", "x = [[0]]")]
    [InlineData("- a\n\n  ```\n  [[ b ]]\n  ```", "[[ b ]]")]
    public void Two_brackets_in_code_stay_as_they_are(string markdown, string html)
        => Assert.Contains(html, ArticleMarkdown.ToPage(markdown, "/icons.svg", _ => "/help/en/articles/2-x").Html, StringComparison.Ordinal);

    [Fact]
    public void An_article_with_brackets_in_its_title_can_be_linked_to()
        => Assert.Contains("<a href=\"/help/en/articles/2-x\">Error [500] again</a>", ArticleMarkdown.ToPage("See [[Error [500] again]].", "/icons.svg", t => t == "Error [500] again" ? "/help/en/articles/2-x" : null).Html, StringComparison.Ordinal);

    [Fact]
    public void What_follows_the_last_step_is_no_part_of_it_and_what_belongs_to_a_step_stays_there()
    {
        var section = PlainText.Sections("试试：\n\n1. 重启\n\n   等一分钟\n2. 重装\n\n还不行，写给我们。").Single();

        Assert.Equal("试试：\n1. 重启\n   等一分钟\n2. 重装\n\n还不行，写给我们。", section.Shown);
        Assert.Equal("试试：\n重启\n等一分钟\n重装\n还不行，写给我们。", section.Text);
    }

    [Fact]
    public void The_plain_words_keep_steps_and_lose_markup()
    {
        var sections = PlainText.Sections("先看**这里**。\n\n## 步骤\n\n1. 打开 `设置`\n2. 点[这里](https://x.example)\n\n> [!tip] 别忘了\n");

        Assert.Equal(["", "步骤"], sections.Select(s => s.Heading));
        Assert.Equal("1. 打开 设置\n2. 点这里\n\n别忘了", sections[1].Shown);
    }
}
