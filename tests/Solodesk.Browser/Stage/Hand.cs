using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>How somebody works a page: the same journey is walked with the mouse and with the keyboard alone.</summary>
internal abstract class Hand(IPage page)
{
    protected IPage Page => page;

    public static Hand Of(IPage page, bool keyboardOnly) => keyboardOnly ? new KeyboardHand(page) : new MouseHand(page);

    public abstract Task TypeAsync(ILocator field, string text);

    public abstract Task PressAsync(ILocator button);

    /// <summary>Takes a choice some lines below the first of a list.</summary>
    public abstract Task ChooseAsync(ILocator list, int index);

    public abstract Task OpenNewestTicketAsync();

    public abstract Task StartAnswerAsync();

    public abstract Task SendAsync();

    public abstract Task SolveAsync();
}

internal sealed class MouseHand(IPage page) : Hand(page)
{
    public override Task TypeAsync(ILocator field, string text) => field.FillAsync(text);

    public override Task PressAsync(ILocator button) => button.ClickAsync();

    public override Task ChooseAsync(ILocator list, int index) => list.SelectOptionAsync(new SelectOptionValue { Index = index });

    public override Task OpenNewestTicketAsync() => Page.Locator(".item[data-number] a").First.ClickAsync();

    public override Task StartAnswerAsync() => Page.Locator("#composer textarea").ClickAsync();

    public override Task SendAsync() => Page.Locator("[data-send]").ClickAsync();

    public override Task SolveAsync() => Page.Locator("#talk .bar [data-key=e]").ClickAsync();
}

/// <summary>Nothing but keys: Tab to get somewhere, letters and the desk's own keys to act.</summary>
internal sealed class KeyboardHand(IPage page) : Hand(page)
{
    private const int MostTabs = 120;

    public override async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.TypeAsync(text);
    }

    public override async Task PressAsync(ILocator button)
    {
        await ReachAsync(button);
        await Page.Keyboard.PressAsync(await button.EvaluateAsync<bool>("e => e.matches('input')") ? "Space" : "Enter");
    }

    public override async Task ChooseAsync(ILocator list, int index)
    {
        await ReachAsync(list);
        await Page.Keyboard.PressAsync("Home");
        for (var i = 0; i < index; i++)
        {
            await Page.Keyboard.PressAsync("ArrowDown");
        }
    }

    public override Task OpenNewestTicketAsync() => Page.Keyboard.PressAsync("j");

    public override Task StartAnswerAsync() => Page.Keyboard.PressAsync("r");

    public override Task SendAsync() => Page.Keyboard.PressAsync("Control+Enter");

    public override async Task SolveAsync()
    {
        await Page.Keyboard.PressAsync("Escape"); // Out of the field in which the answer was typed.
        await Page.Keyboard.PressAsync("e");
    }

    /// <summary>Tabs until the element has the focus, and sees that the focus can be seen.</summary>
    private async Task ReachAsync(ILocator wanted)
    {
        await wanted.WaitForAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{wanted} cannot be reached with the Tab key on {Page.Url}");
    }
}
