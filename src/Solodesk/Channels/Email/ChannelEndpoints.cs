using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Channels.Email.Pages;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Channels.Email;

/// <summary>The forms of the channels page and of each mailbox.</summary>
internal sealed class ChannelEndpoints : IEndpoints
{
    private const string Home = "/settings/channels";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Home).RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("/new", AddAsync);
        group.MapPost("/{id:guid}", ChangeAsync);
        group.MapPost("/{id:guid}/test", TestAsync);
        group.MapPost("/{id:guid}/remove", RemoveAsync);
    }

    private static async Task<IResult> AddAsync([FromForm] IFormCollection form, HttpContext context, [FromServices] AddMailbox add, [FromServices] Settings settings, CancellationToken ct)
    {
        await MailboxForm.InsistAsync(form, settings, ct);
        var added = await add.RunAsync(context.User.ToActor(), new AddMailbox.Request(MailboxForm.Connection(form, form["address"].ToString()))
        {
            SenderName = form["sender"].ToString(),
            ImportPast = form.ContainsKey("past"),
            EvenIfUnreachable = form.ContainsKey("anyway"),
        }, ct);
        return added is { Ok: true, Value.Id: not null } ? Results.LocalRedirect(Home)
            : Again(form, Guid.Empty, added.Problem, added.Ok ? added.Value.Report : null);
    }

    private static async Task<IResult> ChangeAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, [FromServices] ChangeMailbox change,
        [FromServices] Settings settings, [FromServices] IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await MailboxForm.InsistAsync(form, settings, ct);
        if (await ReadAsync(dbs, id, ct) is not { } mailbox)
        {
            return Results.LocalRedirect(Home);
        }

        var anyway = form.ContainsKey("anyway");
        var changed = await change.RunAsync(context.User.ToActor(), new ChangeMailbox.Request(id, MailboxForm.Connection(form, mailbox.Address))
        {
            SenderName = form["sender"].ToString(),
            Active = form.ContainsKey("active"),
            EvenIfUnreachable = anyway,
        }, ct);
        return changed.Ok && (changed.Value.Ok || anyway || !form.ContainsKey("active")) ? Results.LocalRedirect(Home)
            : Again(form, id, changed.Problem, changed.Ok ? changed.Value : null);
    }

    private static async Task<IResult> TestAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, [FromServices] TestMailbox test,
        [FromServices] MailAccess access, [FromServices] IDbContextFactory<DeskDb> dbs, [FromServices] MailboxSignal signal, CancellationToken ct)
    {
        if (await ReadAsync(dbs, id, ct) is not { } mailbox)
        {
            return Results.LocalRedirect(Home);
        }

        var tested = await test.RunAsync(context.User.ToActor(), TestMailbox.Request.Of(mailbox, access), ct);
        signal.Raise();
        return PageResult.Of<ChannelsPage>(new Dictionary<string, object?>
        {
            ["Typed"] = new Typed(null, tested.Problem),
            ["Tested"] = tested.Ok ? new TestedMailbox(id, tested.Value) : null,
        });
    }

    private static async Task<IResult> RemoveAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, [FromServices] RemoveMailbox remove, CancellationToken ct)
    {
        await remove.RunAsync(context.User.ToActor(), id, ct);
        return Results.LocalRedirect(Home);
    }

    private static IResult Again(IFormCollection form, Guid id, Problem? problem, TestMailbox.Report? report)
        => PageResult.Of<MailboxPage>(new Dictionary<string, object?> { ["Id"] = id, ["Typed"] = new Typed(form, problem), ["Tested"] = report }, StatusCodes.Status422UnprocessableEntity);

    private static async Task<Mailbox?> ReadAsync(IDbContextFactory<DeskDb> dbs, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
