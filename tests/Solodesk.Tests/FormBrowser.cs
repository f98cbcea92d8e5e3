using System.Net;

namespace Solodesk.Tests;

/// <summary>A signed-in browser without scripts: posts a page's form with the page's own token.</summary>
internal sealed class FormBrowser(HttpClient client)
{
    private string _token = "";

    public HttpStatusCode Status { get; private set; }

    public string? To { get; private set; }

    public string Text { get; private set; } = "";

    public async Task OpenAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        await ReadAsync(answer);
    }

    public Task PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, TestContext.Current.CancellationToken, fields);

    public async Task PostAsync(string path, CancellationToken patience, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", _token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form, patience);
        await ReadAsync(answer);
    }

    /// <summary>A form with a file in it.</summary>
    public async Task UploadAsync(string path, string field, string fileName, byte[] bytes, string mediaType, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent(_token), "__RequestVerificationToken" }, { new ByteArrayContent(bytes) { Headers = { ContentType = new(mediaType) } }, field, fileName } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        await ReadAsync(answer);
    }

    private async Task ReadAsync(HttpResponseMessage answer)
    {
        Status = answer.StatusCode;
        To = answer.Headers.Location?.OriginalString;
        Text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        const string mark = "name=\"__RequestVerificationToken\" value=\"";
        if (Text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at)
        {
            _token = Text[(at + mark.Length)..Text.IndexOf('"', at + mark.Length)];
        }
    }
}
