using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Solodesk.Browser.Stage;

/// <summary>The few calls by which a test looks into a desk as a program does.</summary>
internal static class ApiCalls
{
    public static async Task<JsonElement> GetJsonAsync(this HttpClient program, string address, CancellationToken ct)
    {
        using var response = await program.GetAsync(new Uri(address, UriKind.Relative), ct);
        return await ReadAsync(response, ct);
    }

    /// <summary>Posts a text of some type; the key makes a repeated call act once.</summary>
    public static async Task<JsonElement> PostJsonAsync(this HttpClient program, string address, string body, string mediaType, CancellationToken ct, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(mediaType == "message/rfc822" ? body.ReplaceLineEndings("\r\n") : body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await program.SendAsync(request, ct);
        return await ReadAsync(response, ct);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)response.StatusCode} for {response.RequestMessage?.RequestUri}: {text}", null, response.StatusCode);
        }

        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
