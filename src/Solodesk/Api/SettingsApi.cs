using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Channels.Email;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Tickets;

namespace Solodesk.Api;

/// <summary><c>/api/v1/settings</c>, <c>/agents</c> and <c>/mailboxes</c>: how the desk is set up.</summary>
internal sealed class SettingsApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var settings = routes.MapApi("settings", "Settings");
        settings.MapGet("business", ReadAsync<BusinessSettings>).Gives<BusinessSettings>(Scopes.SettingsRead, "Reads who the desk speaks for and its working hours");
        settings.MapPut("business", SaveBusinessAsync).Gives<BusinessSettings>(Scopes.SettingsWrite, "Replaces who the desk speaks for and its working hours");
        settings.MapGet("promise", ReadAsync<PromiseSettings>).Gives<PromiseSettings>(Scopes.SettingsRead, "Reads the default promise");
        settings.MapPut("promise", SavePromiseAsync).Gives<PromiseSettings>(Scopes.SettingsWrite, "Replaces the default promise");
        settings.MapGet("files", ReadAsync<FileLimits>).Gives<FileLimits>(Scopes.SettingsRead, "Reads how large one file may be");
        settings.MapPut("files", SaveFilesAsync).Gives<FileLimits>(Scopes.SettingsWrite, "Says how large one file may be");
        routes.MapApi("agents", "Settings").MapGet("", AgentsAsync).Gives<Page<AgentResource>>(Scopes.TicketsRead, "Lists the people who work the desk");
        routes.MapApi("mailboxes", "Settings").MapGet("", MailboxesAsync).Gives<Page<MailboxResource>>(Scopes.SettingsRead, "Lists the mailboxes and how they are doing");
    }

    private static async Task<IResult> ReadAsync<T>(Settings settings, CancellationToken ct) where T : class, new()
        => TypedResults.Ok(await settings.ReadAsync<T>(ct));

    private static async Task<IResult> SaveBusinessAsync(BusinessSettings body, Settings settings, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(body.Name))
        {
            return new Problem("business.nameless") { Field = "name" }.ToAnswer();
        }

        if (body.Language is not ("zh-Hans" or "en"))
        {
            return new Problem("request.word_unknown", body.Language, "zh-Hans, en") { Field = "language" }.ToAnswer();
        }

        await settings.SaveAsync(body, ct);
        return TypedResults.Ok(body);
    }

    private static async Task<IResult> SavePromiseAsync(PromiseSettings body, Settings settings, CancellationToken ct)
    {
        var wrong = body.FirstResponseHours is < 0 or > 8760 ? "firstResponseHours"
            : body.ResolutionHours is < 0 or > 8760 ? "resolutionHours"
            : body.UrgentShare is <= 0 or > 1 ? "urgentShare"
            : body.FollowUpAfterDays is < 0 or > 3650 ? "followUpAfterDays"
            : body.CloseAfterDays is < 0 or > 3650 ? "closeAfterDays"
            : null;
        if (wrong is not null)
        {
            return new Problem("promise.out_of_range", wrong) { Field = wrong }.ToAnswer();
        }

        await settings.SaveAsync(body, ct);
        return TypedResults.Ok(body);
    }

    private static async Task<IResult> SaveFilesAsync(FileLimits body, HttpContext context, SaveFileLimits save, CancellationToken ct)
        => (await save.RunAsync(context.User.ToActor(), body, ct)).ToAnswer(TypedResults.Ok);

    private static async Task<IResult> AgentsAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(new Page<AgentResource>(await db.Set<Agent>().AsNoTracking().OrderBy(a => a.Name)
            .Select(a => new AgentResource(a.Id, a.Name, a.Email, a.Role, a.Language, a.Active)).ToListAsync(ct), null));
    }

    private static async Task<IResult> MailboxesAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(new Page<MailboxResource>(await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.Address)
            .Select(m => new MailboxResource(m.Id, m.Address, m.SenderName, m.Active, m.CheckedAt, m.LastInAt, m.LastOutAt, m.Problem)).ToListAsync(ct), null));
    }
}

/// <summary>A person who works the desk.</summary>
public sealed record AgentResource(Guid Id, string Name, string? Email, Role Role, string Language, bool Active);

/// <summary>A mailbox and how it is doing; its password never leaves the desk.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Its mail address.</param>
/// <param name="SenderName">The name in From.</param>
/// <param name="Active">Whether it is fetched.</param>
/// <param name="CheckedAt">When the server was last asked.</param>
/// <param name="LastInAt">When a mail last came in.</param>
/// <param name="LastOutAt">When a mail last went out.</param>
/// <param name="Problem">Why it does not work; null when it does.</param>
public sealed record MailboxResource(Guid Id, string Address, string SenderName, bool Active, DateTimeOffset? CheckedAt, DateTimeOffset? LastInAt, DateTimeOffset? LastOutAt, string? Problem);
