using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Common;
using Solodesk.Knowledge.Meaning;

namespace Solodesk.Knowledge.Ai;

/// <summary>Tries a service with what stands in the form, before it is saved. Tests count: they cost as much as any other call.</summary>
[UseCase]
internal sealed class TestAi(AiClient client, AiLedger ledger, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Costs = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<Result<AiOutcome>> WritingAsync(Actor actor, string address, string model, string sealedKey, CancellationToken ct)
        => await RunAsync(actor, model, sealedKey, async key =>
        {
            var said = await client.ChatAsync(new(address, model, key), "You are being tested.", "Reply with the single word OK.", Costs, 0.2, Patience, ct);
            // Cut off after a few words means that words come.
            return (said.Fault == AiFault.Cut ? "" : said.Fault, said.Words, said.Prompt, said.Answer, 0);
        }, ct);

    public async Task<Result<AiOutcome>> MeaningAsync(Actor actor, string address, string model, string sealedKey, CancellationToken ct)
        => await RunAsync(actor, model, sealedKey, async key =>
        {
            var meant = await client.EmbedAsync(new(address, model, key), ["退款", "refund"], Patience, ct);
            var works = meant.Vectors is [var one, ..] && MeaningIndex.Unit(one) is not null;
            return (works ? "" : meant.Fault.Length > 0 ? meant.Fault : AiFault.Shape, meant.Words, meant.Tokens, 0, works ? meant.Vectors![0].Length : 0);
        }, ct);

    private async Task<Result<AiOutcome>> RunAsync(Actor actor, string model, string sealedKey, Func<string, Task<(string Fault, string Words, int Prompt, int Answer, int Numbers)>> call, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (AiService.Open(protection, sealedKey) is not { } key)
        {
            return new AiOutcome(AiFault.Sealed, "", 0, 0);
        }

        var began = Stopwatch.GetTimestamp();
        var (fault, words, prompt, answer, numbers) = await call(key);
        var milliseconds = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        // The service may repeat the key in what it says about it.
        var shown = key.Length >= 8 ? words.Replace(key, "…", StringComparison.Ordinal) : words;
        await ledger.SettleAsync(0, new AiCall
        {
            Id = Ids.New(clock),
            Purpose = "test",
            Model = model.Length <= 120 ? model : model[..120],
            PromptTokens = prompt,
            AnswerTokens = answer,
            Milliseconds = milliseconds,
            Failure = fault,
            At = clock.GetUtcNow(),
        });
        return new AiOutcome(fault, shown, milliseconds, numbers);
    }
}

/// <summary>What became of a test.</summary>
/// <param name="Fault">Empty when it works, else a word of <see cref="AiFault"/>.</param>
/// <param name="Words">What the service itself said.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Numbers">Of an embedding, how many numbers it has.</param>
public sealed record AiOutcome(string Fault, string Words, int Milliseconds, int Numbers);
