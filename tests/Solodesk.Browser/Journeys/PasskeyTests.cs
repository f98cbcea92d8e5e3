using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>A founder without a password: the account is made with a passkey, and the passkey opens it again.</summary>
public sealed class PasskeyTests(Theatre theatre)
{
    [Fact]
    public async Task A_founder_makes_the_account_with_a_passkey_signs_in_with_it_and_comes_back_without_it()
    {
        await using var desk = await theatre.NewDeskAsync();
        await using var founder = await theatre.NewVisitorAsync(desk, new Look("en-US"));
        var page = await founder.NewPageAsync();
        await KeepPasskeysAsync(founder, page);
        // Passkeys belong to a name, not to a number.
        var address = desk.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        await page.GotoAsync(address + "/setup/account");
        await page.FillAsync("[name=name]", "Lin Wan");
        await page.FillAsync("[name=email]", FirstVisit.Email);
        await page.Locator("[data-passkey-make]").ClickAsync();
        await page.ArriveAsync("/setup/");
        await Assertions.Expect(page.Locator("#step")).Not.ToHaveAttributeAsync("data-passkey-new", "/setup/account/passkey");

        await page.GotoAsync(address + "/account");
        await Assertions.Expect(page.Locator("#passkeys li").First).ToBeVisibleAsync();
        await page.Locator("form[action='/signout'] button").ClickAsync();
        await page.ArriveAsync("/signin$");

        await page.Locator("form[action='/signin/passkey'] button").ClickAsync();
        await page.LeaveAsync("/signin");
        await page.GotoAsync(address + "/account");
        await Assertions.Expect(page.Locator("form[action='/signout'] button")).ToBeVisibleAsync();

        // The device with the passkey is lost: a command on the server's own machine makes a link that works once.
        var link = await desk.CommandAsync(["agent", "recover", "--email", FirstVisit.Email], TestContext.Current.CancellationToken);
        await using var elsewhere = await theatre.NewVisitorAsync(desk, new Look("en-US"));
        var other = await elsewhere.NewPageAsync();
        await other.GotoAsync(desk.Address + link[link.IndexOf("/welcome", StringComparison.Ordinal)..]);
        await other.FillAsync("[name=password]", "kept in a safe place");
        await other.Keyboard.PressAsync("Enter");
        await other.LeaveAsync("/welcome");
        await other.GotoAsync(desk.Address + "/account");
        await Assertions.Expect(other.Locator("form[action='/signout'] button")).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("#passkeys li")).ToHaveCountAsync(0);
    }

    /// <summary>Chromium's own authenticator, with somebody who always agrees.</summary>
    private static async Task KeepPasskeysAsync(IBrowserContext context, IPage page)
    {
        var chromium = await context.NewCDPSessionAsync(page);
        await chromium.SendAsync("WebAuthn.enable");
        await chromium.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true,
                ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
