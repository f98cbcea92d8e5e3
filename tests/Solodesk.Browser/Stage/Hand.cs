using System.Globalization;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>How somebody works a page: the same journey is walked with the mouse, with the keyboard alone, and by touch on a phone.</summary>
internal abstract class Hand(IPage page)
{
    protected IPage Page => page;

    public static Hand Of(IPage page, bool keyboardOnly) => keyboardOnly ? new KeyboardHand(page) : new MouseHand(page);

    /// <summary>Fingers on a phone; elsewhere nothing but keys.</summary>
    public static Hand Of(IPage page, Look look) => look.Touch ? new TouchHand(page) : new KeyboardHand(page);

    public abstract Task TypeAsync(ILocator field, string text);

    public abstract Task PressAsync(ILocator button);

    /// <summary>Does what a key of the map does; who has no keys presses one thing after the other on the way to it.</summary>
    public virtual async Task DoAsync(string key, params IReadOnlyList<ILocator> way)
    {
        foreach (var step in way)
        {
            await PressAsync(step);
        }
    }

    /// <summary>Takes the first of a list that opened while typing.</summary>
    public virtual Task TakeAsync(ILocator choices) => PressAsync(choices.First);

    /// <summary>Sets a field that holds a day and a time.</summary>
    public virtual Task SetMomentAsync(ILocator field, DateTime moment) => field.FillAsync(moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));

    /// <summary>Takes a choice some lines below the first of a list.</summary>
    public abstract Task ChooseAsync(ILocator list, int index);

    public abstract Task OpenNewestTicketAsync();

    public abstract Task StartAnswerAsync();

    public abstract Task SendAsync();

    public abstract Task SolveAsync();
}

internal class MouseHand(IPage page) : Hand(page)
{
    public override Task TypeAsync(ILocator field, string text) => field.FillAsync(text);

    public override Task PressAsync(ILocator button) => button.ClickAsync();

    public override Task ChooseAsync(ILocator list, int index) => list.SelectOptionAsync(new SelectOptionValue { Index = index });

    public override Task OpenNewestTicketAsync() => Page.Locator(".item[data-number] a").First.ClickAsync();

    public override Task StartAnswerAsync() => Page.Locator("#composer textarea").ClickAsync();

    public override Task SendAsync() => Page.Locator("[data-send]").ClickAsync();

    public override Task SolveAsync() => Page.Locator("#talk .bar [data-key=e]").ClickAsync();
}

/// <summary>A finger: what it is to press must be on the screen and not under anything.</summary>
internal sealed class TouchHand(IPage page) : MouseHand(page)
{
    public override async Task TypeAsync(ILocator field, string text)
    {
        await field.TapAsync();
        await field.FillAsync(text);
    }

    public override async Task PressAsync(ILocator button)
    {
        await button.WaitForAsync();
        Assert.True(await Inspection.OverhangAsync(Page) <= 0, $"{Page.Url} hangs over the edge before {button}");
        await button.TapAsync();
    }

    public override Task StartAnswerAsync() => Page.Locator("#composer textarea").TapAsync();

    public override Task SendAsync() => PressAsync(Page.Locator("[data-send]"));
}

/// <summary>Nothing but keys: Tab to get somewhere, letters and the desk's own keys to act.</summary>
internal sealed class KeyboardHand(IPage page) : Hand(page)
{
    private const int MostTabs = 120;

    public override async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.PressAsync("Delete");
        await Page.Keyboard.TypeAsync(text);
    }

    public override async Task DoAsync(string key, params IReadOnlyList<ILocator> way)
    {
        if (await Page.EvaluateAsync<bool>("document.activeElement?.matches('input:not([type=radio], [type=checkbox]), textarea, select') ?? false"))
        {
            await Page.Keyboard.PressAsync("Escape"); // Out of the field in which something was typed.
        }

        await Page.Keyboard.PressAsync(key);
    }

    public override Task TakeAsync(ILocator choices) => Page.Keyboard.PressAsync("Enter");

    public override async Task PressAsync(ILocator button)
    {
        await ReachAsync(button);
        await Page.Keyboard.PressAsync(await button.EvaluateAsync<bool>("e => e.matches('input')") ? "Space" : "Enter");
    }

    // The parts stand in the order of the browser's own language; the year waits for more digits until one goes on.
    public override async Task SetMomentAsync(ILocator field, DateTime moment)
    {
        var wanted = moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        await ReachAsync(field);
        foreach (var (day, clock) in new[] { ("MMdd yyyy", "hhmmtt"), ("yyyy MMdd", "HHmm") })
        {
            for (var i = 0; i < 8; i++)
            {
                await Page.Keyboard.PressAsync("ArrowLeft");
            }

            foreach (var part in day.Split(' '))
            {
                await Page.Keyboard.TypeAsync(moment.ToString(part, CultureInfo.InvariantCulture));
                if (part == "yyyy")
                {
                    await Page.Keyboard.PressAsync("ArrowRight");
                }
            }

            await Page.Keyboard.TypeAsync(moment.ToString(clock, CultureInfo.InvariantCulture));
            if (await field.InputValueAsync() == wanted)
            {
                return;
            }
        }

        await Assertions.Expect(field).ToHaveValueAsync(wanted);
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

    /// <summary>Tabs until the element has the focus, backwards where that is nearer.</summary>
    private async Task ReachAsync(ILocator wanted)
    {
        await wanted.WaitForAsync();
        var key = await wanted.EvaluateAsync<bool>("e => document.activeElement !== document.body && (e.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0") ? "Shift+Tab" : "Tab";
        for (var i = 0; i < MostTabs; i++)
        {
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{wanted} cannot be reached with the Tab key on {Page.Url}");
    }
}
