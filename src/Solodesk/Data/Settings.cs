using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Live;

namespace Solodesk.Data;

/// <summary>Typed sections of settings; a section that was never saved has its defaults. Kept in memory, re-read after a change.</summary>
public sealed partial class Settings : IDisposable
{
    private readonly IDbContextFactory<DeskDb> _dbs;
    private readonly IDatabase _database;
    private readonly LiveFeed _live;
    private readonly ILogger<Settings> _log;
    private readonly ConcurrentDictionary<string, object> _sections = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string>? _stored;

    public Settings(IDbContextFactory<DeskDb> dbs, IDatabase database, LiveFeed live, ILogger<Settings> log)
    {
        (_dbs, _database, _live, _log) = (dbs, database, live, log);
        live.SettingsChanged += ReadAgain;
    }

    /// <summary>
    /// Reads all sections at once, at the start. A section that is first asked for inside a write then needs no second connection, which a
    /// pool that is full of waiting writers would never give.
    /// </summary>
    public async Task LoadAsync(DeskDb db, CancellationToken ct)
        => _stored = await db.Set<Setting>().AsNoTracking().ToDictionaryAsync(s => s.Name, s => s.Json, ct);

    public async ValueTask<T> ReadAsync<T>(CancellationToken ct) where T : class, new()
    {
        var name = typeof(T).Name;
        if (_sections.TryGetValue(name, out var known))
        {
            return (T)known;
        }

        var json = _stored is { } stored ? stored.GetValueOrDefault(name) : await FindAsync(name, ct);
        var section = json is null ? new T() : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) ?? new T();
        _sections[name] = section;
        return section;
    }

    public async Task SaveAsync<T>(T section, CancellationToken ct) where T : class, new()
    {
        var name = typeof(T).Name;
        var json = JsonSerializer.Serialize(section, JsonSerializerOptions.Web);
        try
        {
            await WriteAsync(name, json, ct);
        }
        catch (DbUpdateException e) when (_database.IsDuplicate(e))
        {
            // Another node saved the section for the first time at the same moment: now it is there to be changed.
            await WriteAsync(name, json, ct);
        }

        _sections[name] = section;
    }

    private async Task WriteAsync(string name, string json, CancellationToken ct)
    {
        using var turn = await _database.EnterWriteAsync(ct);
        await using var db = await _dbs.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<Setting>().SingleOrDefaultAsync(s => s.Name == name, ct) is { } row)
        {
            row.Json = json;
        }
        else
        {
            db.Add(new Setting { Name = name, Json = json });
        }

        await db.SaveChangesAsync(ct);
        await _live.AnnounceSettingsAsync(db, ct);
        await transaction.CommitAsync(ct);
    }

    public void Dispose() => _live.SettingsChanged -= ReadAgain;

    /// <summary>Another node has saved a section. What is known stays until the new one is there: nobody waits for it inside a write.</summary>
    private void ReadAgain() => _ = ReadAgainAsync();

    private async Task ReadAgainAsync()
    {
        try
        {
            await using var db = await _dbs.CreateDbContextAsync();
            await LoadAsync(db, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            LogNotRead(_log, e);
            _stored = null;
        }

        _sections.Clear();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Settings that another node changed could not be read; each is read when it is next asked for")]
    private static partial void LogNotRead(ILogger logger, Exception exception);

    /// <summary>Forgets what is in memory: it was changed past this object.</summary>
    public void Forget()
    {
        _stored = null;
        _sections.Clear();
    }

    private async Task<string?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await _dbs.CreateDbContextAsync(ct);
        return await db.Set<Setting>().AsNoTracking().Where(s => s.Name == name).Select(s => s.Json).SingleOrDefaultAsync(ct);
    }
}
