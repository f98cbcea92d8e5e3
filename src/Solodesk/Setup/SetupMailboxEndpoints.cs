using System.Globalization;
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

        await InsistAsync(form, settings, ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var added = await add.RunAsync(context.User.ToActor(), new AddMailbox.Request(Connection(form))
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

    private static async Task InsistAsync(IFormCollection form, Settings settings, CancellationToken ct)
    {
        var (trust, plain) = (form["trust"].OfType<string>().ToList(), form["plaintext"].OfType<string>().ToList());
        if (trust.Count + plain.Count > 0)
        {
            var known = await settings.ReadAsync<MailSettings>(ct);
            await settings.SaveAsync(known with
            {
                TrustedCertificates = [.. known.TrustedCertificates.Union(trust, StringComparer.OrdinalIgnoreCase)],
                PlaintextHosts = [.. known.PlaintextHosts.Union(plain, StringComparer.OrdinalIgnoreCase)],
            }, ct);
        }
    }

    private static TestMailbox.Request Connection(IFormCollection form) => new()
    {
        Address = form["address"].ToString(),
        UserName = form["user"].ToString(),
        Password = form["password"].ToString(),
        ImapHost = form["imap_host"].ToString(),
        ImapPort = Port(form["imap_port"].ToString()),
        ImapSecurity = Security(form["imap_security"].ToString()),
        SmtpHost = form["smtp_host"].ToString(),
        SmtpPort = Port(form["smtp_port"].ToString()),
        SmtpSecurity = Security(form["smtp_security"].ToString()),
    };

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : 0;

    private static MailSecurity Security(string text) => Enum.TryParse<MailSecurity>(text, out var security) && Enum.IsDefined(security) ? security : MailSecurity.Tls;
}
