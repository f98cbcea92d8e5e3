using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using Solodesk.Mail.Reading;

namespace Solodesk.Browser.Journeys;

/// <summary>The main job from the first visit to the solved ticket, with everything real: published server, mail servers, browser.</summary>
public sealed class MainJobTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440, false)]
    [InlineData("en-US", 1440, false)]
    [InlineData("zh-CN", 390, false)]
    [InlineData("zh-CN", 1440, true)]
    public async Task A_founder_sets_up_the_desk_and_solves_what_a_customer_wrote(string language, int width, bool keyboardOnly)
    {
        var letters = Letters.Of(language);
        await using var post = await Theatre.NewPostOfficeAsync(FirstVisit.Mailbox);
        await using var desk = await theatre.NewDeskAsync();
        await using var founder = await theatre.NewVisitorAsync(desk, new Look(language, width));
        var page = await founder.NewPageAsync();
        var hand = Hand.Of(page, keyboardOnly);
        var visit = new FirstVisit(page, hand, post);
        await visit.SetUpAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language[..2] == "en" ? "en" : "zh-CN");
        await visit.PublishAsync(desk.Address);
        await visit.StayAsync();

        // The customer's mail arrives in a list that is open, and nothing is loaded again for it.
        await page.GotoAsync("/inbox");
        await page.EvaluateAsync("window.sameVisit = true");
        await post.ArriveAsync(FirstVisit.Mailbox, letters.First(FirstVisit.Mailbox), Ct);
        await Assertions.Expect(page.Locator(".item[data-number]")).ToContainTextAsync(letters.Subject);
        var confirmation = await post.InMailboxOfAsync(letters.Address, IsAutomatic, Ct);

        // It is answered, and the answer is a proper mail of the same thread.
        await hand.OpenNewestTicketAsync();
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync(letters.Asks);
        await hand.StartAnswerAsync();
        await page.Keyboard.TypeAsync(letters.Answer);
        await hand.SendAsync();
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync(letters.Answer);
        var answer = await post.InMailboxOfAsync(letters.Address, mail => !IsAutomatic(mail), Ct);
        IsProper(answer, letters);

        // What they answer joins the conversation that is being read.
        await post.ArriveAsync(FirstVisit.Mailbox, letters.After(answer, FirstVisit.Mailbox), Ct);
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync(letters.Thanks);
        await Assertions.Expect(page.Locator(".item[data-number]")).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("window.sameVisit === true"), "The page was loaded again.");

        // Solved, and the customer sees so by the link in the confirmation, without scripts.
        await hand.SolveAsync();
        await Assertions.Expect(page.Locator("#talk .bar [data-key=e]")).ToHaveCountAsync(0);
        await using var customer = await theatre.NewVisitorAsync(desk, new Look(language, width) { Scripts = false });
        var track = await customer.NewPageAsync();
        await track.GotoAsync(LinkIn(confirmation, desk));
        await Assertions.Expect(track.Locator("h1")).ToHaveTextAsync(letters.Subject);
        await Assertions.Expect(track.Locator(".steps li").Last).ToHaveAttributeAsync("aria-current", "step");
        await Assertions.Expect(track.Locator("main")).ToContainTextAsync(letters.Answer);
        await Assertions.Expect(track.Locator("main")).ToContainTextAsync(letters.Thanks);
    }

    private static bool IsAutomatic(ParsedMail mail) => mail.Header("Auto-Submitted") is { } word && word != "no";

    private static void IsProper(ParsedMail answer, Letters letters)
    {
        Assert.Equal(FirstVisit.Mailbox, answer.From?.Address);
        Assert.Equal("Driftnote 漂流笔记", answer.From?.Name);
        Assert.Equal(letters.Address, Assert.Single(answer.To).Address);
        Assert.Matches($"^Re: {Regex.Escape(letters.Subject)} \\[#\\d+\\]$", answer.Subject);
        Assert.Equal("first@customer.example", Assert.Single(answer.InReplyTo));
        Assert.Contains("first@customer.example", answer.References);
        Assert.False(string.IsNullOrEmpty(answer.MessageId));
        Assert.StartsWith("multipart/alternative", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.False(answer.TextIsFromHtml);
        Assert.Contains(letters.Answer, answer.Text, StringComparison.Ordinal);
        Assert.Contains(letters.Answer, answer.Html, StringComparison.Ordinal);
        Assert.Null(answer.Header("Auto-Submitted"));
    }

    private static string LinkIn(ParsedMail mail, DeskServer desk)
    {
        var link = Regex.Match(mail.Text, Regex.Escape(desk.Address) + "/track/[A-Za-z0-9_-]+");
        Assert.True(link.Success, $"The confirmation has no link to follow the request: {mail.Text}");
        return link.Value;
    }
}
