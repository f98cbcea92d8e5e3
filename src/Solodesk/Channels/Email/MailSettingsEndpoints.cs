using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Channels.Email.Pages;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Channels.Email;

/// <summary>The forms about mail as a whole: the confirmation of receipt and the limits.</summary>
internal sealed class MailSettingsEndpoints : IEndpoints
{
    private const string Home = "/settings/channels";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Home).RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("/acknowledge", AcknowledgeAsync);
        group.MapPost("/limits", LimitsAsync);
    }

    private static async Task<IResult> AcknowledgeAsync([FromForm] IFormCollection form, HttpContext context, [FromServices] SaveMailSettings save, [FromServices] Settings settings, CancellationToken ct)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (language, field) in new[] { ("zh-Hans", "text_zh"), ("en", "text_en") })
        {
            if (form[field].ToString().Trim() is { Length: > 0 } own)
            {
                texts[language] = own;
            }
        }

        var known = await settings.ReadAsync<MailSettings>(ct);
        var saved = await save.RunAsync(context.User.ToActor(), known with
        {
            Acknowledge = form.ContainsKey("acknowledge"),
            QuoteLastMessage = form.ContainsKey("quote"),
            KeepSentCopies = form.ContainsKey("sent_copies"),
            AcknowledgementTexts = texts,
        }, ct);
        return saved.Ok ? Results.LocalRedirect($"{Home}?saved=1#acknowledge") : Again("Confirming", form, saved.Problem with { Field = null });
    }

    private static async Task<IResult> LimitsAsync([FromForm] IFormCollection form, HttpContext context, [FromServices] SaveMailSettings mail, [FromServices] SaveFileLimits files,
        [FromServices] Settings settings, CancellationToken ct)
    {
        var known = await settings.ReadAsync<MailSettings>(ct);
        var limited = await files.RunAsync(context.User.ToActor(), new FileLimits { MaxFileMegabytes = Number("maxFileMegabytes") }, ct);
        if (!limited.Ok)
        {
            return Again("Limiting", form, limited.Problem);
        }

        var saved = await mail.RunAsync(context.User.ToActor(), known with
        {
            MaxMailBytes = Number("maxMailBytes") * FileLimits.Megabyte,
            AutomaticPerHour = Number("automaticPerHour"),
            AutomaticPerDay = Number("automaticPerDay"),
            AutomaticPerTicket = Number("automaticPerTicket"),
        }, ct);
        return saved.Ok ? Results.LocalRedirect($"{Home}?saved=limits#limits") : Again("Limiting", form, saved.Problem);

        // What is no number is out of range.
        int Number(string field) => int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private static IResult Again(string part, IFormCollection form, Problem problem)
        => PageResult.Of<ChannelsPage>(new Dictionary<string, object?> { [part] = new Typed(form, problem) }, StatusCodes.Status422UnprocessableEntity);
}
