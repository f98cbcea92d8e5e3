using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Channels.Email.Pages;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Mail.Net;
using Solodesk.Setup;
using Solodesk.Setup.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Channels.Email.OAuth;

/// <summary>The way to a provider's sign-in and back: a mailbox without a password.</summary>
internal sealed class OAuthEndpoints : IEndpoints
{
    /// <summary>What must be registered with the provider, letter for letter.</summary>
    public const string Callback = "/oauth/callback";

    private static readonly string[] Kept = ["provider", "address", "sender", "past", "anyway", "imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/settings/channels/oauth", SaveAsync).RequireAuthorization(SignIn.OwnerPolicy);
        routes.MapPost("/oauth/begin", BeginAsync).RequireAuthorization(SignIn.OwnerPolicy);
        routes.MapGet(Callback, BackAsync).RequireAuthorization(SignIn.OwnerPolicy).ExcludeFromDescription();
    }

    public static Uri RedirectOf(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Callback}");

    private static async Task<IResult> SaveAsync([FromForm] IFormCollection form, HttpContext context, OAuthApplications applications, CancellationToken ct)
    {
        var saved = await applications.SaveAsync(context.User.ToActor(), Registration(form, form["provider"].ToString()), ct);
        return saved.Ok ? Results.LocalRedirect("/settings/channels?saved=oauth#oauth")
            : PageResult.Of<ChannelsPage>(new Dictionary<string, object?> { [nameof(ChannelsPage.Registering)] = new Typed(form, saved.Problem) }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> BeginAsync([FromForm] IFormCollection form, HttpContext context, OAuthApplications applications,
        IDataProtectionProvider protection, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var (provider, setUp) = (form["provider"].ToString(), form["from"] == "setup");
        var mailbox = Guid.TryParse(form["mailbox"].ToString(), out var id) ? id : Guid.Empty;
        var fields = form.Where(f => Kept.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value.ToString() is var v && v.Length > 254 ? v[..254] : v);
        if (mailbox != Guid.Empty)
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            if (await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == mailbox, ct) is not { } known)
            {
                return Results.LocalRedirect("/settings/channels");
            }

            fields["address"] = known.Address;
        }

        var redirect = RedirectOf(context);
        var pending = new PendingSignIn(provider, mailbox, setUp, redirect.OriginalString, "", "", context.User.ToActor().Id ?? Guid.Empty, fields);
        if (!FindCustomer.IsEmail(fields.GetValueOrDefault("address", "").Trim()))
        {
            return Again(pending with { Fields = FieldsOf(form) }, new Problem("mailbox.address_invalid") { Field = "address" }, null);
        }

        if (form[$"{provider}_client"].ToString().Trim().Length > 0 || await applications.FindAsync(provider, ct) is null)
        {
            var saved = await applications.SaveAsync(context.User.ToActor(), Registration(form, provider), ct);
            if (!saved.Ok)
            {
                return Again(pending with { Fields = FieldsOf(form) }, saved.Problem, null);
            }
        }

        var client = await applications.ClientAsync(provider, redirect, ct);
        var begun = client!.BeginSignIn(fields["address"].Trim());
        (pending with { State = begun.State, Verifier = begun.CodeVerifier }).Keep(context, protection);
        return PageResult.Of<SignInElsewherePage>(new Dictionary<string, object?> { [nameof(SignInElsewherePage.Provider)] = provider, [nameof(SignInElsewherePage.Address)] = begun.Url.AbsoluteUri });
    }

    private static async Task<IResult> BackAsync(HttpContext context, OAuthApplications applications, IDataProtectionProvider protection, AddMailbox add,
        ChangeMailbox change, IDbContextFactory<DeskDb> dbs, Settings settings, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        if (PendingSignIn.Take(context, protection) is not { } pending || pending.Agent != (actor.Id ?? Guid.Empty) || await applications.ClientAsync(pending.Provider, new Uri(pending.Redirect), ct) is not { } client)
        {
            return Results.LocalRedirect("/settings/channels");
        }

        OAuthGrant grant;
        try
        {
            var code = client.ReadCallback(context.Request.Query.Select(q => new KeyValuePair<string, string>(q.Key, q.Value.ToString())), pending.SignIn);
            grant = new OAuthGrant(pending.Provider, await client.ExchangeAsync(code, pending.SignIn, ct));
        }
        catch (MailConnectionException e)
        {
            return Again(pending, new Problem($"oauth.{(e.Reason is MailConnectionReason.OAuthExpired ? "declined" : e.Reason is MailConnectionReason.OAuthClientRefused ? "client_refused" : "failed")}", e.ServerWords ?? e.Message), null);
        }

        var form = pending.Form;
        var connection = MailboxForm.Connection(form) with { UserName = form["address"].ToString().Trim() };
        if (pending.Mailbox != Guid.Empty)
        {
            return await RenewAsync(actor, pending, grant, change, dbs, ct);
        }

        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var added = await add.RunAsync(actor, new AddMailbox.Request(connection)
        {
            SenderName = pending.SetUp ? business.Name : form["sender"].ToString(),
            ImportPast = form.ContainsKey("past"),
            EvenIfUnreachable = form.ContainsKey("anyway"),
            Grant = grant,
        }, ct);
        return added is { Ok: true, Value.Id: not null }
            ? Results.LocalRedirect(pending.SetUp ? SetupStep.Address(SetupStep.Mailbox) : "/settings/channels")
            : Again(pending, added.Problem, added.Ok ? added.Value.Report : null);
    }

    private static async Task<IResult> RenewAsync(Actor actor, PendingSignIn pending, OAuthGrant grant, ChangeMailbox change, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == pending.Mailbox, ct) is not { } mailbox)
        {
            return Results.LocalRedirect("/settings/channels");
        }

        var changed = await change.RunAsync(actor, new ChangeMailbox.Request(mailbox.Id, TestMailbox.Request.Of(mailbox) with { UserName = mailbox.Address })
        {
            SenderName = mailbox.SenderName,
            Active = true,
            Grant = grant,
        }, ct);
        return changed is { Ok: true, Value.Ok: true } ? Results.LocalRedirect("/settings/channels") : Again(pending, changed.Problem, changed.Ok ? changed.Value : null);
    }

    private static Dictionary<string, string> FieldsOf(IFormCollection form) => form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString());

    private static OAuthApplications.Request Registration(IFormCollection form, string provider) => new(
        provider, form[$"{provider}_client"].ToString(), form[$"{provider}_secret"].ToString(), form[$"{provider}_tenant"].ToString(),
        DateTimeOffset.TryParse(form[$"{provider}_expires"].ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end) ? end : null);

    private static IResult Again(PendingSignIn pending, Problem? problem, TestMailbox.Report? report)
    {
        var parameters = new Dictionary<string, object?> { ["Typed"] = new Typed(pending.Form, problem), ["Tested"] = report, ["Elsewhere"] = true };
        if (pending.SetUp)
        {
            return PageResult.Of<SetupMailboxPage>(parameters, StatusCodes.Status422UnprocessableEntity);
        }

        parameters["Id"] = pending.Mailbox;
        return PageResult.Of<MailboxPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }
}
