using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Api;
using Solodesk.Channels.Web.Pages;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Web;

/// <summary>The contact form's post. Whatever is wrong, the form comes back with everything typed and every file already taken.</summary>
internal sealed class ContactEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
        // For everybody: guarded by the antiforgery token, a honeypot, a timing token and a limit by address.
        => routes.MapPost("/contact", SendAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> SendAsync(HttpContext context, PublicForms forms, KeepUpload keep, OpenTicket open, UnsentFiles unsent,
        IEnumerable<IContactHelp> helps, CancellationToken ct)
    {
        var sent = await IncomingForm.ReadAsync(context, () => forms.MayOpen(context) ? null : new Problem("contact.too_many"), keep, ct);
        var typed = ContactForm.Of(sent);
        var files = await unsent.FindAsync(sent.All("kept"), sent.Files, sent["remove"], ct);
        if (sent["remove"].Length > 0 && sent.Problem is null)
        {
            return Again(typed, files, [], StatusCodes.Status200OK);
        }

        var problems = Problems(sent, typed, forms).ToList();
        if (problems.Count > 0)
        {
            return Again(typed, files, problems, problems.Max(p => ProblemAnswer.StatusOf(p.Code)));
        }

        // Who writes without scripts has not seen the answers while typing: once, before it is sent.
        if (sent["seen"].Length == 0 && await KnowsAsync(helps, typed, ct))
        {
            return Again(typed, files, [], StatusCodes.Status200OK, confirm: true);
        }

        Result<OpenTicket.Opened> opened;
        try
        {
            opened = await open.RunAsync(Actor.Customer(Guid.Empty, typed.Name.Length > 0 ? typed.Name : typed.Email), new(typed.Subject, typed.Message, "web")
            {
                CustomerEmail = typed.Email,
                CustomerName = typed.Name,
                Language = CultureInfo.CurrentUICulture.Name,
                AttachmentIds = [.. files.Select(f => f.Id)],
                // A field that no person sees was filled in: kept where the founder can look, out of the way.
                Spam = sent["website"].Length > 0,
                Acknowledge = true,
            }, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = FailureAnswer.Note(context, e);
            return Again(typed, files, [failure.Problem], failure.Status);
        }

        return opened.Ok ? Results.Redirect($"/contact/sent/{opened.Value.TrackingToken}") : Again(typed, files, [opened.Problem], StatusCodes.Status422UnprocessableEntity);
    }

    private static IEnumerable<Problem> Problems(IncomingForm sent, ContactForm typed, PublicForms forms)
    {
        if (sent.Problem is { } refused)
        {
            yield return refused;
            if (refused.Field is null)
            {
                yield break; // Nobody mends fields of a form that was not let in.
            }
        }

        foreach (var wrong in typed.Check())
        {
            yield return wrong;
        }

        switch (forms.Judge(sent["stamp"]))
        {
            case PublicForms.Timing.TooQuick:
                yield return new Problem("contact.too_quick");
                break;
            case PublicForms.Timing.TooOld:
                yield return new Problem("contact.too_old");
                break;
            case PublicForms.Timing.Fine:
                break;
        }
    }

    private static async ValueTask<bool> KnowsAsync(IEnumerable<IContactHelp> helps, ContactForm typed, CancellationToken ct)
    {
        foreach (var help in helps)
        {
            if (await help.KnowsAsync(typed.Subject, typed.Message, ct))
            {
                return true;
            }
        }

        return false;
    }

    private static IResult Again(ContactForm typed, IReadOnlyList<Attachment> files, IReadOnlyList<Problem> problems, int status, bool confirm = false)
        => PageResult.Of<ContactPage>(new Dictionary<string, object?>
        {
            [nameof(ContactPage.Typed)] = typed,
            [nameof(ContactPage.Files)] = files,
            [nameof(ContactPage.Problems)] = problems,
            [nameof(ContactPage.Confirm)] = confirm,
        }, status);
}

/// <summary>Files that wait for their message, named by their tokens in the form that was dealt out again.</summary>
[UseCase]
internal sealed class UnsentFiles(IDbContextFactory<DeskDb> dbs)
{
    public async Task<IReadOnlyList<Attachment>> FindAsync(IReadOnlyList<string> tokens, IReadOnlyList<Attachment> fresh, string removed, CancellationToken ct)
    {
        var wanted = tokens.Where(t => t != removed).Take(FileLimits.MaxFiles).ToList();
        if (wanted.Count == 0)
        {
            return fresh;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var kept = await db.Set<Attachment>().AsNoTracking().Where(a => wanted.Contains(a.Token) && a.MessageId == null).OrderBy(a => a.CreatedAt).ToListAsync(ct);
        return [.. kept.Concat(fresh).Take(FileLimits.MaxFiles)];
    }
}
