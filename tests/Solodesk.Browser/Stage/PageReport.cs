using System.Text;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>
/// Looks at one page after the other: axe, what hangs over the edge, and a screenshot where one is asked for. Then at the same page in the other
/// theme, where only colours differ, and as wide as the other screen, where only the layout does.
/// </summary>
internal sealed class PageReport(Look look)
{
    // The end of a paragraph that has ended already is, to a browser, an empty one.
    private const string Stray = "[...document.querySelectorAll('p')].filter(p => !p.hasChildNodes() && p.attributes.length === 0).length";

    private readonly StringBuilder _found = new();

    /// <summary>Goes to an address and looks.</summary>
    public async Task LookAsync(IPage page, string name, string address)
    {
        try
        {
            if (await page.GotoAsync(address) is { Status: >= 500 } answer)
            {
                Add($"{name}: {answer.Status}");
            }
        }
        catch (PlaywrightException e)
        {
            Add($"{name}: {e.Message.Split('\n')[0]}");
            return;
        }

        await LookAsync(page, name);
    }

    /// <summary>Looks at what is open.</summary>
    public async Task LookAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync();
        await Inspection.KeepAsync(page, name, look);
        foreach (var finding in await Inspection.FindingsAsync(page))
        {
            Add($"{name}: {finding}");
        }

        if (await page.EvaluateAsync<int>(Stray) is > 0 and var strays)
        {
            Add($"{name}: {strays} paragraphs with nothing in them: a form or a list stands in a paragraph, which ends it");
        }

        await EdgeAsync(page, name);
        await page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Light : ColorScheme.Dark });
        foreach (var finding in await Inspection.FindingsAsync(page, "color-contrast"))
        {
            Add($"{name} {(look.Dark ? "light" : "dark")}: {finding}");
        }

        await page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light });
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(look.Narrow ? 1440 : 390, size.Height);
        await EdgeAsync(page, $"{name} on the other screen");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private async Task EdgeAsync(IPage page, string name)
    {
        if (await Inspection.OverhangAsync(page) is > 0 and var overhang)
        {
            Add($"{name}: hangs {overhang} px over the edge");
        }
    }

    public void Add(string finding) => _found.AppendLine($"  {finding}");

    public void IsClean() => Assert.True(_found.Length == 0, $"{look}:\n{_found}");
}
