using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Solodesk.Browser.Stage;

/// <summary>Where a browser has got to. Playwright's own waiting for an address also waits for the page's load event, which it misses when that comes first.</summary>
internal static class Whereabouts
{
    /// <summary>Waits until the address fits a pattern.</summary>
    public static Task ArriveAsync(this IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern));

    /// <summary>Waits until the address no longer fits a pattern.</summary>
    public static Task LeaveAsync(this IPage page, string pattern) => Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(pattern));
}
