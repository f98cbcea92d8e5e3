using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Solodesk.Common;

namespace Solodesk.Knowledge.Ai;

/// <summary>Speaks with a service like OpenAI's over HTTP. Knows no budget and masks nothing: <see cref="AiService"/> does.</summary>
[UseCase]
internal sealed class AiClient(IHttpClientFactory clients)
{
    private const int LargestAnswer = 32 * 1024 * 1024;

    /// <param name="Address">Without the last part, such as <c>https://api.example.com/v1</c>.</param>
    /// <param name="Model">As the service calls it.</param>
    /// <param name="Key">In the clear; empty for a service that asks for none.</param>
    public sealed record Place(string Address, string Model, string Key);

    /// <param name="Text">What was said; null when it came to nothing.</param>
    /// <param name="Prompt">Tokens in.</param>
    /// <param name="Answer">Tokens out.</param>
    /// <param name="Fault">Empty, or a word of <see cref="AiFault"/>.</param>
    /// <param name="Words">What the service itself said about it.</param>
    public sealed record Said(string? Text, int Prompt, int Answer, string Fault, string Words = "");

    /// <param name="Vectors">One for each text, in order; null when it came to nothing.</param>
    /// <param name="Tokens">Tokens in.</param>
    /// <param name="Fault">Empty, or a word of <see cref="AiFault"/>.</param>
    /// <param name="Words">What the service itself said about it.</param>
    public sealed record Meant(IReadOnlyList<float[]>? Vectors, int Tokens, string Fault, string Words = "");

    public async Task<Said> ChatAsync(Place place, string rules, string ask, int longest, double temperature, TimeSpan patience, CancellationToken ct)
    {
        var estimate = Tokens.In(rules) + Tokens.In(ask);
        var request = new JsonObject
        {
            ["model"] = place.Model,
            ["temperature"] = temperature,
            ["max_tokens"] = longest,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "system", ["content"] = rules }, new JsonObject { ["role"] = "user", ["content"] = ask }),
        };
        var (body, fault, words) = await PostAsync(place, "/chat/completions", request, patience, ct);
        if (fault == "request" && (words.Contains("max_completion_tokens", StringComparison.Ordinal) || words.Contains("temperature", StringComparison.Ordinal)))
        {
            // Models that think before they speak know the limit by another name, and no temperature.
            request.Remove("temperature");
            request.Remove("max_tokens");
            request["max_completion_tokens"] = longest;
            (body, fault, words) = await PostAsync(place, "/chat/completions", request, patience, ct);
        }

        using (body)
        {
            if (body is null)
            {
                // What took too long was read and perhaps written, and will be on the bill.
                return new Said(null, fault == AiFault.Slow ? estimate : 0, 0, fault, words);
            }

            if (body.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0
                || choices[0].ValueKind != JsonValueKind.Object || !choices[0].TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object
                || !message.TryGetProperty("content", out var content) || content.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return new Said(null, estimate, 0, AiFault.Shape);
            }

            var text = content.GetString() ?? "";
            var (prompt, answer) = (Used(root, "prompt_tokens", estimate), Used(root, "completion_tokens", Tokens.In(text)));
            var cut = choices[0].TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String && reason.GetString() == "length";
            return cut ? new Said(null, prompt, answer, AiFault.Cut) : text.Length == 0 ? new Said(null, prompt, answer, AiFault.Shape) : new Said(text, prompt, answer, "");
        }
    }

    public async Task<Meant> EmbedAsync(Place place, IReadOnlyList<string> texts, TimeSpan patience, CancellationToken ct)
    {
        var estimate = texts.Sum(Tokens.In);
        var request = new JsonObject { ["model"] = place.Model, ["input"] = new JsonArray([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]) };
        var (body, fault, words) = await PostAsync(place, "/embeddings", request, patience, ct);
        using (body)
        {
            if (body is null)
            {
                return new Meant(null, fault == AiFault.Slow ? estimate : 0, fault, words);
            }

            var vectors = Vectors(body.RootElement, texts.Count);
            var used = body.RootElement.ValueKind == JsonValueKind.Object ? Used(body.RootElement, "prompt_tokens", estimate) : estimate;
            return vectors is null ? new Meant(null, used, AiFault.Shape) : new Meant(vectors, used, "");
        }
    }

    private async Task<(JsonDocument? Body, string Fault, string Words)> PostAsync(Place place, string path, JsonObject content, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(place.Address.TrimEnd('/') + path));
            if (place.Key.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", place.Key);
            }

            request.Content = JsonContent.Create(content);
            var client = clients.CreateClient("ai");
            client.MaxResponseContentBufferSize = LargestAnswer;
            using var response = await client.SendAsync(request, limit.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (null, AiFault.Of(response.StatusCode), Shorten(await response.Content.ReadAsStringAsync(limit.Token)));
            }

            return (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(limit.Token), cancellationToken: limit.Token), "", "");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException or UriFormatException or FormatException or InvalidOperationException or NotSupportedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (null, AiFault.Of(e), "");
        }
    }

    private static float[][]? Vectors(JsonElement root, int count)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() != count)
        {
            return null;
        }

        var vectors = new float[count][];
        var place = 0;
        foreach (var one in data.EnumerateArray())
        {
            // Services may answer in another order than they were asked in.
            var at = one.ValueKind == JsonValueKind.Object && one.TryGetProperty("index", out var index) && index.TryGetInt32(out var told) ? told : place;
            place++;
            if (at < 0 || at >= count || one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("embedding", out var numbers) || numbers.ValueKind != JsonValueKind.Array || numbers.GetArrayLength() is < 2 or > 8192)
            {
                return null;
            }

            vectors[at] = [.. numbers.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Number ? n.GetSingle() : float.NaN)];
        }

        return Array.TrueForAll(vectors, v => v is not null && v.Length == vectors[0].Length && Array.TrueForAll(v, float.IsFinite)) ? vectors : null;
    }

    private static int Used(JsonElement root, string name, int otherwise)
        => root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) ? Math.Max(0, count) : otherwise;

    // Its own words, as far as they are words: {"error":{"message":"…"}}, or the beginning of what came.
    private static string Shorten(string said)
    {
        try
        {
            if (JsonNode.Parse(said)?["error"] is { } error)
            {
                said = error is JsonObject && error["message"] is JsonValue message ? message.ToString() : error.ToString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A page of HTML, most often.
        }

        return said.Length <= 300 ? said : string.Concat(said.AsSpan(0, 300), "…");
    }
}

/// <summary>How many tokens a text will be, roughly and rather too many: a Chinese character is one, of other letters four make one.</summary>
internal static class Tokens
{
    public static int In(string text)
    {
        var dense = text.Count(c => c > 0x2E7F);
        return dense + ((text.Length - dense + 3) / 4);
    }
}
