using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Knowledge.Ai;

/// <summary>The day's budget and the book of calls. What is about to be spent is set aside first, so that calls side by side cannot spend the same rest.</summary>
internal sealed class AiLedger(Settings settings, IDbContextFactory<DeskDb> dbs, DeskWriter writer, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<AiCall> _unwritten = new();
    private int _reserved;

    /// <summary>One day of the desk, from midnight to midnight in its own zone.</summary>
    public sealed record Day(int Spent, int Limit, DateTimeOffset Began, DateTimeOffset Ends)
    {
        public int Left => Math.Max(0, Limit - Spent);
    }

    public async Task<Day> TodayAsync(CancellationToken ct)
    {
        var (began, ends) = await BoundsAsync(ct);
        return new Day(await SpentAsync(began, ct), (await settings.ReadAsync<AiSettings>(ct)).TokensPerDay, began, ends);
    }

    /// <summary>Sets tokens aside; false when the day has not so many left.</summary>
    public async Task<bool> ReserveAsync(int tokens, CancellationToken ct)
    {
        var limit = (await settings.ReadAsync<AiSettings>(ct)).TokensPerDay;
        var (began, _) = await BoundsAsync(ct);
        await _turn.WaitAsync(ct);
        try
        {
            if ((long)await SpentAsync(began, ct) + _reserved + tokens > limit)
            {
                return false;
            }

            _reserved += tokens;
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes the call down and gives back what was set aside for it. Never cut short: a call that was made is in the book.</summary>
    public async Task SettleAsync(int reserved, AiCall call)
    {
        try
        {
            await writer.RunAsync<Done>(db =>
            {
                db.Add(call);
                return Task.FromResult<Result<Done>>(Done.It);
            }, CancellationToken.None);
        }
        finally
        {
            await ReleaseAsync(reserved);
        }
    }

    /// <summary>As <see cref="SettleAsync"/>, but written a moment later with others: somebody waits for a search.</summary>
    public async Task SettleLaterAsync(int reserved, AiCall call)
    {
        _unwritten.Enqueue(call);
        await ReleaseAsync(reserved);
    }

    /// <summary>Writes what waits to be written.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        if (_unwritten.IsEmpty)
        {
            return;
        }

        await _turn.WaitAsync(ct);
        try
        {
            var calls = _unwritten.Take(500).ToList();
            var written = await writer.RunAsync<Done>(db =>
            {
                db.AddRange(calls);
                return Task.FromResult<Result<Done>>(Done.It);
            }, CancellationToken.None);
            for (var i = 0; written.Ok && i < calls.Count; i++)
            {
                _unwritten.TryDequeue(out _);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task ReleaseAsync(int reserved)
    {
        await _turn.WaitAsync(CancellationToken.None);
        _reserved -= reserved;
        _turn.Release();
    }

    private async Task<int> SpentAsync(DateTimeOffset began, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<AiCall>().Where(c => c.At >= began).SumAsync(c => c.PromptTokens + c.AnswerTokens, ct)
            + _unwritten.Where(c => c.At >= began).Sum(c => c.PromptTokens + c.AnswerTokens);
    }

    private async Task<(DateTimeOffset Began, DateTimeOffset Ends)> BoundsAsync(CancellationToken ct)
    {
        var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        return (Midnight(today, zone), Midnight(today.AddDays(1), zone));
    }

    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        // Where the clocks go forward at midnight, the day begins an hour later.
        while (zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(30);
        }

        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
    }
}
