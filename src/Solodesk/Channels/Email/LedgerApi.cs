using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;

namespace Solodesk.Channels.Email;

/// <summary>The mail ledger for programs: what was seen, what became of it, its source, and another run.</summary>
internal sealed class LedgerApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var mail = routes.MapApi("mail", "Mail");
        mail.MapGet("", ListAsync).Gives<Page<ListMail.Row>>(Scopes.MailWrite, "Lists every mail that was seen and what became of it, newest first");
        mail.MapGet("/{id:guid}/source", SourceAsync).RequireScope(Scopes.MailWrite).WithSummary("Gives the mail as it came").Produces<string>(StatusCodes.Status200OK, "message/rfc822");
        mail.MapPost("/{id:guid}/again", AgainAsync).Gives<MailApi.Answer>(Scopes.MailWrite, "Files a mail again: one that failed as before, one that was set aside as the request that it is");
    }

    private static async Task<IResult> ListAsync(string? outcome, string? cursor, ListMail list, CancellationToken ct)
    {
        var words = new Words();
        var only = words.Of<MailOutcome>(outcome, "outcome");
        return words.Problem is { } problem ? problem.ToAnswer() : TypedResults.Ok(await list.RunAsync(new ListMail.Request(only, cursor), ct));
    }

    private static async Task<IResult> SourceAsync(Guid id, [FromServices] IDbContextFactory<DeskDb> dbs, [FromServices] IFileStore files, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var sha256 = await db.Set<IncomingMail>().AsNoTracking().Where(m => m.Id == id).Select(m => m.Sha256).SingleOrDefaultAsync(ct);
        var raw = string.IsNullOrEmpty(sha256) ? null : await files.OpenAsync(sha256, ct);
        return raw is null ? Problem.NotFound("mail").ToAnswer() : TypedResults.Stream(raw, "message/rfc822");
    }

    private static async Task<IResult> AgainAsync(Guid id, HttpContext context, [FromServices] RunMailAgain again, CancellationToken ct)
        => (await again.RunAsync(context.User.ToActor(), id, ct)).ToAnswer(MailApi.ToAnswer);
}
