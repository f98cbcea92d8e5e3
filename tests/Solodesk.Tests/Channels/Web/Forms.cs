using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Solodesk.Tests.Channels.Web;

/// <summary>A customer's browser without scripts: opens a page, fills its form, sends it.</summary>
internal static partial class Forms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<string> PageAsync(this HttpClient browser, string address)
    {
        var response = await browser.GetAsync(address, Ct);
        var page = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {page}");
        return page;
    }

    /// <summary>Sends the page's fields the way a browser does: the hidden ones as they came, then what was typed, then the files.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient browser, string page, string address, IEnumerable<(string Name, string Value)> typed,
        params (string Name, byte[] Bytes, string Type)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (Match hidden in Hidden().Matches(page))
        {
            form.Add(new StringContent(System.Net.WebUtility.HtmlDecode(hidden.Groups[2].Value)), hidden.Groups[1].Value);
            if (hidden.Groups[1].Value == "__RequestVerificationToken" && form.Count(f => f.Headers.ContentDisposition!.Name!.Contains("__Request", StringComparison.Ordinal)) > 1)
            {
                break; // Only the first form of the page.
            }
        }

        foreach (var (name, value) in typed)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes, type) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            form.Add(content, "files", name);
        }

        return await browser.PostAsync(address, form, Ct);
    }

    /// <summary>The text of a page without its tags.</summary>
    public static string Words(this string page) => System.Net.WebUtility.HtmlDecode(Space().Replace(Tag().Replace(page, " "), " "));

    [GeneratedRegex("""<input[^>]*?type="hidden"[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"[^>]*>""", RegexOptions.None, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
