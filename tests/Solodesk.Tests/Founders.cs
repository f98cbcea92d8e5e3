using System.Net;

namespace Solodesk.Tests;

/// <summary>The story's beginning: somebody founds the desk and walks or skips through the set-up.</summary>
internal static class Founders
{
    public const string Email = "zhouye@driftnote.example";
    public const string Password = "the sea is calm today";

    public static async Task<WebBrowser> FoundAsync(this DeskApp app, bool skip = true)
    {
        var browser = new WebBrowser(app);
        await browser.FillAsync("/setup/account", "/setup/account", ("name", "周野"), ("email", Email), ("password", Password));
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        if (skip)
        {
            await browser.FillAsync("/setup/business", "/setup/later");
            Assert.Equal("/", browser.To);
        }

        return browser;
    }

    public static async Task<WebBrowser> SignInAsync(this DeskApp app, string password = Password, string? from = null)
        => await new WebBrowser(app, from).FillAsync("/signin", "/signin", ("email", Email), ("password", password));
}
