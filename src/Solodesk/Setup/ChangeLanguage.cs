using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>During the first visit, the language chosen at the top becomes the founder's and the desk's.</summary>
[UseCase]
internal sealed class ChangeLanguage(DeskWriter writer, Settings settings, Sessions sessions)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string language, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        await writer.RunAsync<Done>(async db =>
        {
            var agent = await db.Users.SingleAsync(a => a.Id == actor.Id, ct);
            agent.Language = language;
            return Done.It;
        }, ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        if (!business.SetUp)
        {
            await settings.SaveAsync(business.In(language), ct);
        }

        sessions.Forget();
        return Done.It;
    }
}
