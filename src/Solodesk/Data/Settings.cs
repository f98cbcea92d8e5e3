using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Solodesk.Data;

/// <summary>Typed sections of settings; a section that was never saved has its defaults. Kept in memory, re-read after a change.</summary>
public sealed class Settings(IDbContextFactory<DeskDb> dbs, IDatabase database)
{
    private readonly ConcurrentDictionary<string, object> _sections = new(StringComparer.Ordinal);

    public async ValueTask<T> ReadAsync<T>(CancellationToken ct) where T : class, new()
    {
        var name = typeof(T).Name;
        if (_sections.TryGetValue(name, out var known))
        {
            return (T)known;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var json = await db.Set<Setting>().AsNoTracking().Where(s => s.Name == name).Select(s => s.Json).SingleOrDefaultAsync(ct);
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
        catch (DbUpdateException e) when (database.IsDuplicate(e))
        {
            // Another node saved the section for the first time at the same moment: now it is there to be changed.
            await WriteAsync(name, json, ct);
        }

        _sections[name] = section;
    }

    private async Task WriteAsync(string name, string json, CancellationToken ct)
    {
        using var turn = await database.EnterWriteAsync(ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Setting>().SingleOrDefaultAsync(s => s.Name == name, ct) is { } row)
        {
            row.Json = json;
        }
        else
        {
            db.Add(new Setting { Name = name, Json = json });
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Forgets what is in memory: another node has changed a section.</summary>
    public void Forget() => _sections.Clear();
}
