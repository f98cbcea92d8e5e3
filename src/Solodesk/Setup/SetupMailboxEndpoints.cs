using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Channels.Email;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Setup.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Setup;

/// <summary>The mailbox step: tries the servers for real and keeps the mailbox only when both work.</summary>
internal sealed class SetupMailboxEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/setup/mailbox", ConnectAsync).RequireAuthorization(SignIn.OwnerPolicy);

    private static async Task<IResult> ConnectAsync(
        [FromForm] IFormCollection form, HttpContext context, AddMailbox add, ListMailboxes list, Settings settings)
    {
        var ct = context.RequestAborted;
        if ((await list.RunAsync(ct)).Count > 0)
        {
            return await SetupStepsEndpoints.PassAsync(SetupStep.Mailbox, settings, ct);
        }

        await MailboxForm.InsistAsync(form, settings, ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var added = await add.RunAsync(context.User.ToActor(), new AddMailbox.Request(MailboxForm.Connection(form))
        {
            SenderName = business.Name,
            ImportPast = form.ContainsKey("past"),
        }, ct);
        if (added is { Ok: true, Value.Id: not null })
        {
            return Results.LocalRedirect(SetupStep.Address(SetupStep.Mailbox));
        }

        var parameters = new Typed(form, added.Problem).AsParameters();
        parameters["Tested"] = added.Ok ? added.Value.Report : null;
        return PageResult.Of<SetupMailboxPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }
}
