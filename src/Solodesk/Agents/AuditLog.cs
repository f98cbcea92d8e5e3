using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>Writes down sign-ins and changes of security, and reads them back, the newest first.</summary>
[UseCase]
internal sealed class AuditLog(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    private const int PageSize = 100;

    /// <param name="action">Dotted and stable; the phrase key below <c>audit.</c></param>
    /// <param name="who">Who did it.</param>
    /// <param name="detail">What it was done to: a name, never a secret.</param>
    /// <param name="context">Where it came from; null from the command line.</param>
    /// <param name="ct">Stops waiting for the database.</param>
    public Task WriteAsync(string action, Actor who, string detail, HttpContext? context, CancellationToken ct)
        => WriteAsync(action, who.Kind is ActorKind.Agent ? who.Id : null, who.Name, detail, context, ct);

    public async Task WriteAsync(string action, Guid? agent, string who, string detail, HttpContext? context, CancellationToken ct)
    {
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            db.Add(new AuditEntry
            {
                At = clock.GetUtcNow(),
                AgentId = agent,
                Who = Cut(who, 200),
                Action = action,
                Detail = Cut(detail, 500),
                Address = context?.Connection.RemoteIpAddress?.ToString() ?? "",
            });
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>One page, older than <paramref name="before"/> when it is given.</summary>
    public async Task<Page<AuditEntry>> ReadAsync(Actor actor, long? before, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return new Page<AuditEntry>([], null);
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var entries = await db.Set<AuditEntry>().AsNoTracking()
            .Where(e => before == null || e.Id < before)
            .OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(ct);
        return entries.Count > PageSize
            ? new Page<AuditEntry>(entries[..PageSize], entries[PageSize - 1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : new Page<AuditEntry>(entries, null);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
