using System.Text;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Looks at one page after the other: axe, what hangs over the edge, and a screenshot where one is asked for.</summary>
internal sealed class PageReport(Look look)
{
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

        if (await Inspection.OverhangAsync(page) is > 0 and var overhang)
        {
            Add($"{name}: hangs {overhang} px over the edge");
        }
    }

    public void Add(string finding) => _found.AppendLine($"  {finding}");

    public void IsClean() => Assert.True(_found.Length == 0, $"{look}:\n{_found}");
}
