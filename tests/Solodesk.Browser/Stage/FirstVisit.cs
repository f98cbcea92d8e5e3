using System.Globalization;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>The founder of a journey, from the first visit to the open desk.</summary>
internal sealed class FirstVisit(IPage page, Hand hand, PostOffice post)
{
    public const string Mailbox = "help@driftnote.example";
    public const string Email = "lin@driftnote.example";
    public const string Password = "three quiet harbours";

    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    private ILocator Next => page.Locator("#step button[name=go]");

    /// <summary>Everything, as somebody does it who makes no mistake.</summary>
    public async Task SetUpAsync()
    {
        await AccountAsync();
        await BusinessAsync();
        await IndustryAsync();
        await MailboxAsync(PostOffice.Password);
        await FinishAsync();
    }

    /// <summary>Who wants to read on where they answered says so; else the next ticket of the list comes.</summary>
    public async Task StayAsync()
    {
        await page.GotoAsync("/account");
        await page.Locator("[name=after]").SelectOptionAsync("Stay");
        await page.Locator("form:has([name=after]) button.pri").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToBeVisibleAsync();
    }

    public async Task AccountAsync(bool leaveAtProtection = false)
    {
        await page.GotoAsync("/");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/setup/account$"));
        await hand.TypeAsync(Field("name"), "林晚");
        await hand.TypeAsync(Field("email"), Email);
        await hand.TypeAsync(Field("password"), Password);
        await hand.PressAsync(Next);
        await page.ArriveAsync("/setup/protect$");
        if (!leaveAtProtection)
        {
            await PassProtectionAsync();
        }
    }

    public async Task PassProtectionAsync()
    {
        await hand.PressAsync(page.Locator("#step button[formaction='/setup/next']"));
        await page.ArriveAsync("/setup/business$");
    }

    public async Task BusinessAsync()
    {
        await hand.TypeAsync(Field("name"), "Driftnote 漂流笔记");
        await hand.PressAsync(Next);
        await page.ArriveAsync("/setup/industry$");
    }

    public async Task IndustryAsync()
    {
        await hand.PressAsync(Next);
        await page.ArriveAsync("/setup/mailbox$");
    }

    /// <summary>Types the account's password and the servers, and has them tried.</summary>
    public async Task MailboxAsync(string password)
    {
        var again = await Field("imap_host").InputValueAsync() != "";
        if (!again)
        {
            await hand.TypeAsync(Field("address"), Mailbox);
        }

        await hand.TypeAsync(Field("password"), password);
        if (!again)
        {
            await hand.PressAsync(page.Locator("#step details summary"));
            await ServerAsync("imap", post.ImapPort);
            await ServerAsync("smtp", post.SmtpPort);
        }

        await hand.PressAsync(Next);
        var told = password == PostOffice.Password ? page.Locator("#step").GetByText(Mailbox) : page.Locator("#step [role=alert]");
        await Assertions.Expect(told.First).ToBeVisibleAsync(Soon);
    }

    public async Task PassMailboxAsync()
    {
        await hand.PressAsync(Next);
        await page.ArriveAsync("/setup/promise$");
    }

    public async Task FinishAsync(bool atPromise = false)
    {
        if (!atPromise)
        {
            await PassMailboxAsync();
        }

        await hand.PressAsync(Next);
        await Assertions.Expect(page.Locator("nav.side, nav.tabbar").First).ToBeAttachedAsync();
        await page.ArriveAsync(@"^https?://[^/]+/$");
    }

    /// <summary>Says where customers reach the desk, so that mail can carry their link.</summary>
    public async Task PublishAsync(string address)
    {
        await page.GotoAsync("/settings/business");
        await hand.TypeAsync(Field("url"), address);
        await hand.PressAsync(page.Locator("form[action='/settings/business'] button[type=submit], form[action='/settings/business'] button:not([type])").First);
        await Assertions.Expect(page.Locator("[role=status]").First).ToBeVisibleAsync(Soon);
    }

    private async Task ServerAsync(string name, int port)
    {
        await hand.TypeAsync(Field($"{name}_host"), "127.0.0.1");
        await hand.TypeAsync(Field($"{name}_port"), port.ToString(CultureInfo.InvariantCulture));
        await hand.ChooseAsync(Field($"{name}_security"), 2);
    }

    private ILocator Field(string name) => page.Locator($"main [name={name}]:not([type=hidden])").First;
}
