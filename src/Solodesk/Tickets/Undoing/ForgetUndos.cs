using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Tickets.Undoing;

/// <summary>Forgets how tickets were before changes that can no longer be taken back.</summary>
internal sealed class ForgetUndos(DeskWriter writer, TimeProvider clock) : IPeriodicJob
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - TicketUndo.Undoable;
        await writer.RunAsync<Done>(async db =>
        {
            await db.Set<TicketUndo>().Where(u => u.At < before).ExecuteDeleteAsync(ct);
            return Done.It;
        }, ct);
    }
}
