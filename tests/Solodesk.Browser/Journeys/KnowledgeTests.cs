using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>An article's way from the founder's keyboard to a customer's screen.</summary>
public sealed class KnowledgeTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_is_written_translated_published_and_found_within_a_second()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look("zh-CN"));
        var page = founder.Page;

        await page.GotoAsync("/knowledge");
        await page.Locator("[data-key=c]").ClickAsync();
        await page.Locator("input[name=title]").FillAsync("海外可以寄送吗？");
        await page.Locator("textarea[name=body]").FillAsync("可以，顺丰国际，七天左右到。\n\n> [!提示] 关税由收件人付。");
        // Saved and drawn while writing, without a button.
        await Expect(page.Locator("[data-look] .say")).ToContainTextAsync("关税由收件人付");
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("已保存");
        await page.Locator("[data-publish]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("已发布");
        var asked = await WithinSecondAsync(founder.Desk, "能寄到海外吗，海外寄送");
        Assert.Contains("顺丰国际", asked["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("海外可以寄送吗？", asked["sources"]![0]!["title"]!.GetValue<string>());

        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).First.ClickAsync();
        await page.Locator("input[name=title]").FillAsync("Do you ship abroad?");
        await page.Locator("textarea[name=body]").FillAsync("Yes, worldwide, in about a week.");
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("已保存");
        await page.Locator("[data-publish]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("已发布");
        Assert.Contains("worldwide", (await WithinSecondAsync(founder.Desk, "Do you ship abroad?"))["answer"]!.GetValue<string>(), StringComparison.Ordinal);

        await using var customer = await theatre.NewVisitorAsync(founder.Desk, new Look("en-US", 390) { ForInspection = true });
        var help = await customer.NewPageAsync();
        await help.GotoAsync("/help");
        await help.GetByRole(AriaRole.Combobox).PressSequentiallyAsync("ship");
        await Expect(help.GetByRole(AriaRole.Option).First).ToContainTextAsync("Do you ship abroad?");
        Assert.Empty(await Inspection.FindingsAsync(help));
        await help.GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(help.Locator("h1")).ToHaveTextAsync("Do you ship abroad?");
        Assert.Empty(await Inspection.FindingsAsync(help));
        Assert.Equal(0, await Inspection.OverhangAsync(help));
    }

    [Theory]
    [InlineData("zh-CN", "寄送", "海外可以寄送吗？")]
    [InlineData("en-US", "abroad", "Do you ship abroad?")]
    public async Task The_help_centre_is_searched_without_scripts(string language, string words, string title)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(language));
        var page = founder.Page;
        await page.GotoAsync("/knowledge/exchange");
        await page.Locator("input[name=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "faq.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("question,answer\n海外可以寄送吗？,可以，七天左右。\nDo you ship abroad?,\"Yes, worldwide.\"\n"),
        });
        await page.Locator("form.setform .btn.pri").ClickAsync();
        await Expect(page.Locator(".say.good")).ToBeVisibleAsync();

        await using var customer = await theatre.NewVisitorAsync(founder.Desk, new Look(language) { Scripts = false });
        var help = await customer.NewPageAsync();
        await help.GotoAsync("/help");
        await help.Locator("input[name=q]").FillAsync(words);
        await help.Locator("form[role=search] button").ClickAsync();
        await help.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await Expect(help.Locator("h1")).ToHaveTextAsync(title);
        await help.Locator("button[value=no]").ClickAsync();
        await help.Locator("textarea[name=words]").FillAsync(words);
        await help.Locator("button[value=contact]").ClickAsync();
        await Expect(help.Locator("#message")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(words));
    }

    private static async Task<JsonNode> WithinSecondAsync(DeskServer desk, string question)
    {
        var began = System.Diagnostics.Stopwatch.StartNew();
        var answer = await AskAsync(desk, question);
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(1), $"{began.ElapsedMilliseconds} ms");
        return answer;
    }

    private static async Task<JsonNode> AskAsync(DeskServer desk, string question)
    {
        using var client = new HttpClient { BaseAddress = new Uri(desk.Address) };
        using var answer = await client.PostAsJsonAsync("/support", new { question }, Ct);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
    }
}
