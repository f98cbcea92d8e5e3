using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>
/// Lets one node fetch a mailbox while the others stand by. It only saves work: filing is exactly once however many nodes fetch.
/// A single process needs no lease, and would only have to wait for its own one after a crash.
/// </summary>
[UseCase]
internal sealed class MailboxLease(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock)
{
    /// <summary>A holder that is silent for this long has lost it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    /// <summary>How often a holder speaks up.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);

    /// <summary>Whether there may be other nodes at all.</summary>
    public bool IsNeeded => database.Name != "sqlite";

    private static readonly string Node = Path.GetRandomFileName();

    /// <summary>Takes or renews it; false while another node holds it.</summary>
    public async Task<bool> HoldAsync(Guid mailbox, CancellationToken ct)
    {
        if (!IsNeeded)
        {
            return true;
        }

        var name = Name(mailbox);
        var until = string.Create(CultureInfo.InvariantCulture, $"{Node}|{(clock.GetUtcNow() + Length).UtcTicks}");
        await using var db = await dbs.CreateDbContextAsync(ct);
        var held = await db.Set<Setting>().AsNoTracking().Where(s => s.Name == name).Select(s => s.Json).SingleOrDefaultAsync(ct);
        if (held is not null)
        {
            // Compare and set: of two nodes that find it free only one changes the row that both have read.
            return IsFree(held) && await db.Set<Setting>().Where(s => s.Name == name && s.Json == held)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Json, until), ct) == 1;
        }

        try
        {
            db.Add(new Setting { Name = name, Json = until });
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (database.IsDuplicate(e))
        {
            return false;
        }
    }

    /// <summary>Gives it back, so that the next node need not wait.</summary>
    public async Task ReleaseAsync(Guid mailbox, CancellationToken ct)
    {
        if (IsNeeded)
        {
            var (name, mine) = (Name(mailbox), Node + "|");
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Set<Setting>().Where(s => s.Name == name && s.Json.StartsWith(mine)).ExecuteDeleteAsync(ct);
        }
    }

    private bool IsFree(string held)
        => held.Split('|') is not [var node, var ticks] || node == Node
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var until) || until < clock.GetUtcNow().UtcTicks;

    private static string Name(Guid mailbox) => $"lease:{mailbox:N}";
}
