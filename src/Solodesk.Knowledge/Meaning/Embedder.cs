using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Meaning;

/// <summary>Brings the vectors up to date with the articles: reads what is kept, computes what is missing, in batches, and keeps it.</summary>
[UseCase]
internal sealed class Embedder(
    AnswerIndex articles, MeaningIndex index, AiClient client, AiLedger ledger, IDataProtectionProvider protection, Settings settings, IDbContextFactory<DeskDb> dbs, IDatabase database, DeskWriter writer,
    TimeProvider clock)
{
    private const int Batch = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private sealed record Passage(ArticleCard Card, int Number, string Text, string Hash);

    /// <summary>True when every article has its vectors; false when something stood in the way and should be tried again later.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        // One at a time: two would pay twice for the same passages.
        await index.Turn.WaitAsync(ct);
        try
        {
            return await FollowAsync(ct);
        }
        finally
        {
            index.Turn.Release();
        }
    }

    private async Task<bool> FollowAsync(CancellationToken ct)
    {
        var meaning = await settings.ReadAsync<MeaningSettings>(ct);
        if (!meaning.IsOn)
        {
            index.Clear();
            return true;
        }

        var passages = articles.Everything.SelectMany(card => Passages.Of(card).Select((text, i) => new Passage(card, i, text, Passages.HashOf(text)))).ToList();
        var kept = await KeptAsync(meaning.Kind, ct);
        Show(passages, kept);
        var missing = passages.Where(p => !kept.ContainsKey(KeyOf(p))).ToList();
        foreach (var batch in missing.Chunk(Batch))
        {
            if (await ComputeAsync(meaning, batch, ct) is not { } vectors)
            {
                return false;
            }

            try
            {
                await KeepAsync(meaning.Kind, batch, vectors, ct);
            }
            catch (DbUpdateException e) when (database.IsDuplicate(e))
            {
                // Another node computed the same and was first: what it keeps is as good.
            }

            for (var i = 0; i < batch.Length; i++)
            {
                kept[KeyOf(batch[i])] = vectors[i];
            }

            Show(passages, kept);
        }

        return true;
    }

    internal static AiCall Call(TimeProvider clock, string purpose, string model, AiClient.Meant meant, int masked, long began) => new()
    {
        Id = Ids.New(clock),
        Purpose = purpose,
        Model = model.Length <= 120 ? model : model[..120],
        PromptTokens = meant.Tokens,
        Milliseconds = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds,
        Masked = masked,
        Failure = meant.Fault,
        At = clock.GetUtcNow(),
    };

    private static (Guid, string, int, string) KeyOf(Passage passage) => (passage.Card.ArticleId, passage.Card.Language, passage.Number, passage.Hash);

    private async Task<Dictionary<(Guid, string, int, string), float[]>> KeptAsync(string kind, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await db.Set<ArticleVector>().AsNoTracking().Where(v => v.Model == kind).ToListAsync(ct);
        return rows.ToDictionary(v => (v.ArticleId, v.Language, v.Passage, v.TextHash), v => v.Vector());
    }

    private void Show(List<Passage> passages, Dictionary<(Guid, string, int, string), float[]> vectors)
        => index.Replace(passages.GroupBy(p => p.Card.Key)
            .Select(g => KeyValuePair.Create(g.Key, g.Select(p => vectors.GetValueOrDefault(KeyOf(p))).OfType<float[]>().ToArray()))
            .Where(g => g.Value.Length > 0));

    private async Task<float[][]?> ComputeAsync(MeaningSettings meaning, Passage[] batch, CancellationToken ct)
    {
        var mask = new AiMask();
        string[] texts;
        try
        {
            texts = [.. batch.Select(p => mask.Hide(p.Text))];
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }

        var reserved = texts.Sum(Tokens.In);
        if (AiService.Open(protection, meaning.SealedKey) is not { } key || !await ledger.ReserveAsync(reserved, ct))
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        AiClient.Meant meant;
        try
        {
            meant = await client.EmbedAsync(new(meaning.Address, meaning.Model, key), texts, Patience, ct);
        }
        catch (OperationCanceledException)
        {
            meant = new AiClient.Meant(null, reserved, AiFault.Left);
        }

        await ledger.SettleAsync(reserved, Call(clock, "articles", meaning.Model, meant, mask.Count, began));
        ct.ThrowIfCancellationRequested();
        var units = meant.Vectors?.Select(MeaningIndex.Unit).ToArray();
        return units?.OfType<float[]>().ToArray() is { } vectors && vectors.Length == batch.Length ? vectors : null;
    }

    private async Task KeepAsync(string kind, Passage[] batch, float[][] vectors, CancellationToken ct)
    {
        var ids = batch.Select(p => p.Card.ArticleId).Distinct().ToList();
        await writer.RunAsync<Done>(async db =>
        {
            var there = (await db.Set<ArticleVector>().Where(v => ids.Contains(v.ArticleId)).ToListAsync(ct)).ToLookup(v => (v.ArticleId, v.Language, v.Passage));
            foreach (var passage in batch)
            {
                db.RemoveRange(there[(passage.Card.ArticleId, passage.Card.Language, passage.Number)]);
            }

            // Passages that the article no longer has.
            var counts = batch.GroupBy(p => p.Card.Key).ToDictionary(g => (g.First().Card.ArticleId, g.First().Card.Language), g => Passages.Of(g.First().Card).Count);
            db.RemoveRange(there.SelectMany(g => g).Where(v => counts.TryGetValue((v.ArticleId, v.Language), out var count) && v.Passage >= count));
            await db.SaveChangesAsync(ct);
            db.AddRange(batch.Select((p, i) => new ArticleVector
            {
                ArticleId = p.Card.ArticleId,
                Language = p.Card.Language,
                Passage = p.Number,
                Model = kind,
                TextHash = p.Hash,
                Numbers = ArticleVector.Bytes(vectors[i]),
            }));
            return Done.It;
        }, ct);
    }
}
