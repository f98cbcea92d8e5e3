using System.Text;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Puts articles up, as a founder does who has them in a file.</summary>
internal static class Shelf
{
    /// <param name="page">The founder's.</param>
    /// <param name="articles">Lines of question and answer, with a comma between.</param>
    public static async Task PutUpAsync(IPage page, params IReadOnlyList<string> articles)
    {
        await page.GotoAsync("/knowledge/exchange");
        await page.Locator("input[name=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "faq.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"question,answer\n{string.Join('\n', articles)}\n"),
        });
        await page.Locator("form.setform .btn.pri").ClickAsync();
        await Assertions.Expect(page.Locator(".say.good")).ToBeVisibleAsync();
    }
}
