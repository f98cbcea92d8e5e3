using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>What people meet when something is wrong, and the ways round the main one.</summary>
public sealed class TroubleTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "密码")]
    [InlineData("en-US", "password")]
    public async Task A_mailbox_with_a_wrong_password_is_explained_and_nothing_typed_is_lost(string language, string word)
    {
        await using var post = await Theatre.NewPostOfficeAsync(FirstVisit.Mailbox);
        await using var desk = await theatre.NewDeskAsync();
        await using var founder = await theatre.NewVisitorAsync(desk, new Look(language));
        var page = await founder.NewPageAsync();
        var visit = new FirstVisit(page, Hand.Of(page, keyboardOnly: false), post);
        await visit.AccountAsync();
        await visit.BusinessAsync();
        await visit.IndustryAsync();

        await visit.MailboxAsync("not the password");
        await Assertions.Expect(page.Locator("#step [role=alert]")).ToContainTextAsync(word, new() { IgnoreCase = true });
        await Assertions.Expect(page.Locator("#f-address")).ToHaveValueAsync(FirstVisit.Mailbox);

        await visit.MailboxAsync(PostOffice.Password);
        await visit.FinishAsync();
    }

    [Fact]
    public async Task A_founder_signs_out_and_in_again_with_the_password()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;

        await page.GotoAsync("/account");
        await page.Locator("form[action='/signout'] button").ClickAsync();
        await page.ArriveAsync("/signin$");
        await page.GotoAsync("/inbox");
        await page.ArriveAsync(@"/signin\?");

        await page.FillAsync("[name=email]", FirstVisit.Email);
        await page.FillAsync("[name=password]", "a wrong guess of it");
        await page.Locator("form[action='/signin'] button").ClickAsync();
        await Assertions.Expect(page.Locator("[name=password]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("[name=email]")).ToHaveValueAsync(FirstVisit.Email);

        await page.FillAsync("[name=password]", FirstVisit.Password);
        await page.Locator("form[action='/signin'] button").ClickAsync();
        await page.ArriveAsync("/inbox$");
    }

    [Fact]
    public async Task A_customer_without_scripts_writes_by_the_contact_form_and_a_file_too_large_costs_no_words()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        await page.GotoAsync("/inbox");

        await using var customer = await theatre.NewVisitorAsync(founder.Desk, new Look { Scripts = false });
        var contact = await customer.NewPageAsync();
        await contact.GotoAsync("/contact");
        await contact.FillAsync("#name", "周远");
        await contact.FillAsync("#email", "zhouyuan@customer.example");
        await contact.FillAsync("#subject", "想换成年付");
        // As fast as a person types: a form that comes back within two seconds is taken for a machine's.
        await contact.Locator("#message").PressSequentiallyAsync("现在是月付，想换成年付，差价怎么算？可以给我开发票吗？谢谢。", new() { Delay = 90 });
        using (var large = await LargeFile.MakeAsync(Ct))
        {
            await contact.Locator("#files").SetInputFilesAsync(large.Path);
            await contact.Locator("main form button.pri").ClickAsync();
        }

        await Assertions.Expect(contact.Locator("#files-bad")).ToContainTextAsync("25");
        await Assertions.Expect(contact.Locator("#message")).ToHaveValueAsync("现在是月付，想换成年付，差价怎么算？可以给我开发票吗？谢谢。");
        await Assertions.Expect(contact.Locator("#subject")).ToHaveValueAsync("想换成年付");

        await contact.Locator("#message").PressSequentiallyAsync("文件太大，先不附了，等你回复我再想别的办法发过来。", new() { Delay = 90 });
        await contact.Locator("main form button.pri").ClickAsync();
        await contact.ArriveAsync("/contact/sent/");
        await Assertions.Expect(page.Locator(".item[data-number]")).ToContainTextAsync("想换成年付");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_with_a_file_too_large_comes_back_with_its_words(bool scripts)
    {
        const string words = "附件里是新的导出文件。";
        var letters = Letters.Of("zh-CN");
        await using var founder = await Founder.AtWorkAsync(theatre, new Look { Scripts = scripts });
        var page = founder.Page;
        var program = founder.Program;
        await program.PostJsonAsync("/api/v1/mail/raw?mailbox=" + FirstVisit.Mailbox, letters.First(FirstVisit.Mailbox), "message/rfc822", Ct);

        await page.GotoAsync("/inbox");
        await page.Locator(".item[data-number] a").First.ClickAsync();
        await page.FillAsync("#composer textarea", words);
        using (var large = await LargeFile.MakeAsync(Ct))
        {
            await page.Locator("#composer input[type=file]").SetInputFilesAsync(large.Path);
            await page.Locator("[data-send]").ClickAsync();
        }

        await Assertions.Expect(page.Locator("#composer [role=alert]")).ToContainTextAsync("25");
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync(words);
        await page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync(words);
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_file_whose_way_breaks_off_says_so_and_the_answer_waits_for_a_decision()
    {
        const string words = "附件里是新的导出文件。";
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        var program = founder.Program;
        await program.PostJsonAsync("/api/v1/mail/raw?mailbox=" + FirstVisit.Mailbox, Letters.Of("zh-CN").First(FirstVisit.Mailbox), "message/rfc822", Ct);
        await page.GotoAsync("/inbox");
        await page.Locator(".item[data-number] a").First.ClickAsync();
        await page.FillAsync("#composer textarea", words);

        // The answer is sent while the file is under way, and then the line breaks.
        var sent = new TaskCompletionSource();
        await page.RouteAsync("**/files", async way =>
        {
            await sent.Task;
            await way.AbortAsync("connectionreset");
        });
        await page.Locator("#composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "export.pdf", MimeType = "application/pdf", Buffer = [1, 2, 3] });
        await page.Locator("[data-send]").ClickAsync();
        sent.SetResult();

        await Assertions.Expect(page.Locator("#composer [role=alert]")).ToContainTextAsync("没有传上来");
        await page.Locator("#composer .file-chip button").ClickAsync();
        await Assertions.Expect(page.Locator("#composer .file-chip")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync(words);
        await Assertions.Expect(page.Locator("#conversation")).Not.ToContainTextAsync(words);
    }
}
