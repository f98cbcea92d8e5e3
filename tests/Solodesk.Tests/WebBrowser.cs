using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Solodesk.Tests;

/// <summary>What a browser without scripts does: keeps cookies, reads the antiforgery token from the page, posts its form. Follows no redirect by itself.</summary>
internal sealed class WebBrowser
{
    private readonly HttpClient _client;

    public WebBrowser(DeskApp app, string? from = null, string language = "en")
    {
        _client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Accept-Language", language);
        _client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        if (from is not null)
        {
            _client.DefaultRequestHeaders.Add(TestAddress.Header, from);
        }
    }

    /// <summary>The status and address of the last answer, and what it said.</summary>
    public HttpStatusCode Status { get; private set; }

    public string? To { get; private set; }

    public string Text { get; private set; } = "";

    public void With(string header, string value) => _client.DefaultRequestHeaders.Add(header, value);

    public async Task<WebBrowser> OpenAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    /// <summary>Posts a form with the token of the page that is open.</summary>
    public Task<WebBrowser> PostAsync(string path, params (string Name, string Value)[] fields)
        => SendAsync(path, [("__RequestVerificationToken", Token()), .. fields]);

    public async Task<WebBrowser> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    /// <summary>Opens the page, then posts its form.</summary>
    public async Task<WebBrowser> FillAsync(string page, string action, params (string Name, string Value)[] fields)
        => await (await OpenAsync(page)).PostAsync(action, fields);

    private async Task<WebBrowser> ReadAsync(HttpResponseMessage answer)
    {
        Status = answer.StatusCode;
        To = answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : null;
        Text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return this;
    }

    private string Token()
    {
        const string mark = "name=\"__RequestVerificationToken\" value=\"";
        var at = Text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(at >= 0, $"no form ({Status} {To}) in: {Text[..Math.Min(Text.Length, 300)]}");
        return Text[(at + mark.Length)..Text.IndexOf('"', at + mark.Length)];
    }
}
