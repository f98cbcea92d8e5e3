using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;

namespace Solodesk.Knowledge.Meaning;

/// <summary>
/// The vector of a question, when there is one in time. A search waits for it 300 ms at most; a service that failed is not asked again for half a
/// minute, so that one that is away costs nobody anything.
/// </summary>
internal sealed class QuestionMeaning(MeaningIndex index, AiClient client, AiLedger ledger, IDataProtectionProvider protection, Settings settings, TimeProvider clock)
{
    private const int Longest = 1200;
    private const int Remembered = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Kind, string Text), float[]> _known = new();
    private long _restsUntil;

    /// <summary>Null without a service, without vectors to compare with, or when there was none in time: the words alone find then.</summary>
    public async ValueTask<float[]?> OfAsync(string question, CancellationToken ct)
    {
        if (index.IsEmpty || string.IsNullOrWhiteSpace(question) || clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _restsUntil)
            || await settings.ReadAsync<MeaningSettings>(ct) is not { IsOn: true } meaning)
        {
            return null;
        }

        string text;
        var mask = new AiMask();
        try
        {
            text = mask.Hide(question.Length <= Longest ? question : question[..Longest]);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }

        if (_known.TryGetValue((meaning.Kind, text), out var known))
        {
            return known;
        }

        var reserved = Tokens.In(text);
        if (AiService.Open(protection, meaning.SealedKey) is not { } key || !await ledger.ReserveAsync(reserved, ct))
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        AiClient.Meant meant;
        try
        {
            meant = await client.EmbedAsync(new(meaning.Address, meaning.Model, key), [text], Patience, ct);
        }
        catch (OperationCanceledException)
        {
            meant = new AiClient.Meant(null, reserved, AiFault.Left);
        }

        await ledger.SettleLaterAsync(reserved, Embedder.Call(clock, "question", meaning.Model, meant, mask.Count, began));
        ct.ThrowIfCancellationRequested();
        if (meant.Vectors is not [var vector] || MeaningIndex.Unit(vector) is not { } unit)
        {
            Interlocked.Exchange(ref _restsUntil, (clock.GetUtcNow() + Rest).UtcTicks);
            return null;
        }

        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        return _known[(meaning.Kind, text)] = unit;
    }

    /// <summary>The settings changed: what failed before may work now.</summary>
    public void Wake() => Interlocked.Exchange(ref _restsUntil, 0);
}
