using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Tests.Api;

/// <summary>A program with a token.</summary>
internal static class ApiClient
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HttpClient> ProgramAsync(this DeskApp desk, params string[] scopes)
    {
        var created = await desk.Get<CreateToken>().RunAsync(Actor.System, new("test", scopes.Length == 0 ? [Scopes.Everything] : scopes), Ct);
        var client = desk.Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.Value.Secret);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return client;
    }

    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string address, object? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request, Ct);
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string address, object body, params (string Name, string Value)[] headers)
        => client.SendJsonAsync(HttpMethod.Post, address, body, headers);

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, string address, object body, params (string Name, string Value)[] headers)
        => client.SendJsonAsync(HttpMethod.Patch, address, body, headers);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
        => JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement.Clone();

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string address)
    {
        var response = await client.GetAsync(address, Ct);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}");
        return await response.JsonAsync();
    }

    /// <summary>Opens a ticket through the API and gives back what it answered.</summary>
    public static async Task<JsonElement> OpenAsync(this HttpClient client, string subject = "Three notes are gone", string email = "lin@example.com")
    {
        var response = await client.PostAsync("/api/v1/tickets", new { subject, body = $"{subject}: can you restore them?", customer = new { email, name = "Lin" } });
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}");
        return (await response.JsonAsync()).GetProperty("ticket");
    }

    public static string Text(this JsonElement json, string member) => json.GetProperty(member).ToString();

    /// <summary>The code of a refusal, after looking at its status and type.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.JsonAsync()).Text("type");
    }
}
