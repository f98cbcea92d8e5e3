using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Knowledge.Ai;

/// <summary>
/// Calls the AI service, within the day's budget, with secrets and personal data masked, every call logged. Gives nothing and a reason whenever
/// there is nothing to be had: callers go on with what they have.
/// </summary>
[UseCase]
internal sealed class AiService(AiClient client, AiLedger ledger, IDataProtectionProvider protection, Settings settings, TimeProvider clock)
{
    /// <summary>What the rules of every call say about the marks that stand for what was masked.</summary>
    public const string MarksRule = "Marks such as [NAME-1] or [NUMBER-2] stand for something hidden: copy them exactly as they are.";

    private const string Protector = "solodesk.ai-key";

    /// <param name="Purpose">A word below the phrase <c>ai.purpose.</c></param>
    /// <param name="Rules">How to behave; holds nothing of a customer.</param>
    /// <param name="Text">What it is about; masked before it leaves.</param>
    public sealed record Ask(string Purpose, string Rules, string Text)
    {
        /// <summary>Names that are known: of the customer, of who writes for us.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];

        /// <summary>Tokens of the longest answer.</summary>
        public int Longest { get; init; } = 700;

        public double Temperature { get; init; } = 0.2;

        public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);
    }

    /// <param name="Text">What was said, unmasked; null when there is nothing.</param>
    /// <param name="Fault">Why, as a word of <see cref="AiFault"/>; empty when there is something.</param>
    public sealed record Told(string? Text, string Fault);

    public static string Seal(IDataProtectionProvider protection, string key) => key.Length == 0 ? "" : protection.CreateProtector(Protector).Protect(key);

    /// <summary>The key in the clear; null when the desk that sealed it had other keys.</summary>
    public static string? Open(IDataProtectionProvider protection, string sealedKey)
    {
        try
        {
            return sealedKey.Length == 0 ? "" : protection.CreateProtector(Protector).Unprotect(sealedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task<string?> AskAsync(string purpose, string rules, string text, CancellationToken ct) => (await TellAsync(new Ask(purpose, rules, text), ct)).Text;

    public async Task<Told> TellAsync(Ask ask, CancellationToken ct)
    {
        var ai = await settings.ReadAsync<AiSettings>(ct);
        if (!ai.IsOn)
        {
            return new Told(null, AiFault.Off);
        }

        var mask = new AiMask(ask.Names);
        string text;
        try
        {
            text = mask.Hide(ask.Text);
        }
        catch (RegexMatchTimeoutException)
        {
            // What cannot be masked is not sent.
            return new Told(null, AiFault.Masking);
        }

        var reserved = Tokens.In(ask.Rules) + Tokens.In(text) + ask.Longest;
        if (!await ledger.ReserveAsync(reserved, ct))
        {
            return new Told(null, AiFault.Spent);
        }

        var (said, milliseconds) = await CallAsync(ai, ask, text, ct);
        await ledger.SettleAsync(reserved, new AiCall
        {
            Id = Ids.New(clock),
            Purpose = ask.Purpose,
            Model = ai.Model.Length <= 120 ? ai.Model : ai.Model[..120],
            PromptTokens = said.Prompt,
            AnswerTokens = said.Answer,
            Milliseconds = milliseconds,
            Masked = mask.Count,
            Failure = said.Fault,
            At = clock.GetUtcNow(),
        });
        ct.ThrowIfCancellationRequested();
        return said.Text is { } answer ? new Told(mask.Show(answer).Trim(), "") : new Told(null, said.Fault);
    }

    private async Task<(AiClient.Said, int)> CallAsync(AiSettings ai, Ask ask, string text, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        if (Open(protection, ai.SealedKey) is not { } key)
        {
            return (new AiClient.Said(null, 0, 0, AiFault.Sealed), 0);
        }

        try
        {
            var said = await client.ChatAsync(new(ai.Address, ai.Model, key), ask.Rules, text, ask.Longest, ask.Temperature, ask.Patience, ct);
            return (said, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone; the service may have worked all the same.
            return (new AiClient.Said(null, Tokens.In(ask.Rules) + Tokens.In(text), 0, AiFault.Left), (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
