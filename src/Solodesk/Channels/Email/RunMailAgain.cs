using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email.Intake;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>Files a mail again from the ledger: one that failed as before, one that a filter set aside as the request that it is.</summary>
[UseCase]
internal sealed class RunMailAgain(FileMail filing, IDbContextFactory<DeskDb> dbs)
{
    public async Task<Result<FiledMail>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<IncomingMail>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } mail)
        {
            return Problem.NotFound("mail");
        }

        return await filing.RunAsync(id, FileMail.Waiting.Contains(mail.Outcome) ? FilingWay.Arrival : FilingWay.Request, ct);
    }
}
