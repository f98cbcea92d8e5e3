using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>The signed-in browsers: started at sign-in, looked up (from memory for some seconds) on every request, ended from anywhere.</summary>
internal sealed class Sessions(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    /// <summary>How long another node may still let a revoked session in.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>What a request needs to know about its session; null when it ended.</summary>
    public sealed record Standing(Guid AgentId, string Name, Role Role, string Language);

    private sealed record Known(Standing? Standing, DateTimeOffset Until);

    public async Task<Guid> StartAsync(Guid agent, HttpContext context, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var session = new AgentSession
        {
            Id = Ids.New(clock),
            AgentId = agent,
            CreatedAt = now,
            SeenAt = now,
            Browser = Browsers.Shorten(context.Request.Headers.UserAgent.ToString()),
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            db.Add(session);
            await db.SaveChangesAsync(ct);
        }

        return session.Id;
    }

    public async Task<Standing?> FindAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && known.Until > now)
        {
            return known.Standing;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = await (
            from session in db.Set<AgentSession>()
            join agent in db.Users on session.AgentId equals agent.Id
            where session.Id == id && session.RevokedAt == null && agent.Active
            select new { agent.Id, agent.Name, agent.Role, agent.Language, session.SeenAt }).AsNoTracking().SingleOrDefaultAsync(ct);
        var standing = found is null ? null : new Standing(found.Id, found.Name, found.Role, found.Language);
        _known[id] = new Known(standing, now + Remembered);
        if (found is not null && now - found.SeenAt > SeenStep)
        {
            await SeenAsync(id, now, ct);
        }

        return standing;
    }

    /// <summary>The agent's open sessions, the one used last first.</summary>
    public async Task<IReadOnlyList<AgentSession>> ListAsync(Guid agent, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<AgentSession>().AsNoTracking()
            .Where(s => s.AgentId == agent && s.RevokedAt == null)
            .OrderByDescending(s => s.SeenAt).Take(50).ToListAsync(ct);
    }

    public Task<int> EndAsync(Guid id, CancellationToken ct) => EndAsync(s => s.Where(x => x.Id == id), ct);

    /// <summary>Ends one session of this agent, and of nobody else.</summary>
    public Task<int> EndAsync(Guid agent, Guid id, CancellationToken ct) => EndAsync(s => s.Where(x => x.Id == id && x.AgentId == agent), ct);

    /// <summary>Ends every session of an agent but the one that asks.</summary>
    public Task<int> EndOthersAsync(Guid agent, Guid? except, CancellationToken ct) => EndAsync(s => s.Where(x => x.AgentId == agent && x.Id != except), ct);

    /// <summary>Something that the cookie carries has changed: the next request of each browser reads it again.</summary>
    public void Forget() => _known.Clear();

    private async Task<int> EndAsync(Func<IQueryable<AgentSession>, IQueryable<AgentSession>> which, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        int ended;
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            ended = await which(db.Set<AgentSession>().Where(s => s.RevokedAt == null)).ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now), ct);
        }

        Forget();
        return ended;
    }

    private async Task SeenAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Set<AgentSession>().Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct);
        }
    }
}
