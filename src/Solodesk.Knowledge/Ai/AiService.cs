using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Bot;

namespace Solodesk.Knowledge.Ai;

/// <summary>
/// Calls the AI service, within the day's budget, with secrets and personal data masked, every call logged. Gives null whenever there is
/// nothing to be had: callers go on with what they have.
/// </summary>
[UseCase]
internal sealed class AiService(IHttpClientFactory clients, IDataProtectionProvider protection, Settings settings, IDbContextFactory<DeskDb> dbs, DeskWriter writer, TimeProvider clock)
{
    private const int MostAnswer = 700;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static string Seal(IDataProtectionProvider protection, string key) => key.Length == 0 ? "" : protection.CreateProtector("solodesk.ai-key").Protect(key);

    /// <summary>What the service says to <paramref name="ask"/>, told how to behave by <paramref name="rules"/>; null when it is off, spent or broken.</summary>
    public async Task<string?> AskAsync(string purpose, string rules, string ask, CancellationToken ct)
    {
        var ai = await settings.ReadAsync<AiSettings>(ct);
        if (!ai.IsOn || await SpentAsync(ct) >= ai.TokensPerDay)
        {
            return null;
        }

        var mask = new AiMask();
        var began = Stopwatch.GetTimestamp();
        var (answer, failure) = await CallAsync(ai, rules, mask.Hide(ask), ct);
        var call = new AiCall
        {
            Id = Ids.New(clock),
            Purpose = purpose,
            Model = ai.Model.Length <= 120 ? ai.Model : ai.Model[..120],
            PromptTokens = answer.Prompt,
            AnswerTokens = answer.Completion,
            Milliseconds = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds,
            Masked = mask.Count,
            Failure = failure,
            At = clock.GetUtcNow(),
        };
        await writer.RunAsync<Done>(db =>
        {
            db.Add(call);
            return Task.FromResult<Result<Done>>(Done.It);
        }, ct);
        return answer.Text is { Length: > 0 } text ? mask.Show(text).Trim() : null;
    }

    public async Task<int> SpentAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-1);
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<AiCall>().Where(c => c.At > since).SumAsync(c => c.PromptTokens + c.AnswerTokens, ct);
    }

    private async Task<((string? Text, int Prompt, int Completion) Answer, string Failure)> CallAsync(AiSettings ai, string rules, string ask, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ai.Address.TrimEnd('/') + "/chat/completions"));
            if (ai.SealedKey.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", protection.CreateProtector("solodesk.ai-key").Unprotect(ai.SealedKey));
            }

            request.Content = JsonContent.Create(new
            {
                model = ai.Model,
                temperature = 0.2,
                max_tokens = MostAnswer,
                messages = new[] { new { role = "system", content = rules }, new { role = "user", content = ask } },
            });
            using var response = await clients.CreateClient("ai").SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                return ((null, 0, 0), $"HTTP {(int)response.StatusCode}");
            }

            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(limit.Token), cancellationToken: limit.Token);
            var text = body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
            // Where the service does not say what it used, four letters count as one word.
            var usage = body.RootElement.TryGetProperty("usage", out var used) && used.ValueKind == JsonValueKind.Object ? used : default;
            return ((text, Of(usage, "prompt_tokens", ask.Length / 4), Of(usage, "completion_tokens", (text?.Length ?? 0) / 4)), "");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or CryptographicException
            or UriFormatException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return ((null, 0, 0), e.GetType().Name);
        }
    }

    private static int Of(JsonElement usage, string name, int otherwise)
        => usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var value) && value.TryGetInt32(out var count) ? count : otherwise;
}
