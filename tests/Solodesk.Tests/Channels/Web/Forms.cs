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
        // Each form of a page carries its own copy of the antiforgery token; a browser sends one.
        foreach (var (name, value) in Hidden().Matches(page).Select(m => (m.Groups[1].Value, System.Net.WebUtility.HtmlDecode(m.Groups[2].Value))).Distinct()
            .Where((h, i) => h.Item1 != "__RequestVerificationToken" || i == 0))
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (field, text) in typed)
        {
            form.Add(new StringContent(text), field);
        }

        foreach (var (file, bytes, type) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            form.Add(content, "files", file);
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
