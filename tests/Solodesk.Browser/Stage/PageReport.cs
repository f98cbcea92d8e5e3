using System.Text;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Looks at one page after the other: axe, what hangs over the edge, and a screenshot where one is asked for.</summary>
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

        if (await Inspection.OverhangAsync(page) is > 0 and var overhang)
        {
            Add($"{name}: hangs {overhang} px over the edge");
        }
    }

    public void Add(string finding) => _found.AppendLine($"  {finding}");

    public void IsClean() => Assert.True(_found.Length == 0, $"{look}:\n{_found}");
}
