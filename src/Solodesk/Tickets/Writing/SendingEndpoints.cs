using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets.Writing;

/// <summary>The settings of sending, as a form and for programs.</summary>
internal sealed class SendingEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/settings/sending", SaveAsync).RequireAuthorization(SignIn.OwnerPolicy);
        var api = routes.MapApi("settings/sending", "Settings");
        api.MapGet("", async (Settings settings, CancellationToken ct) => TypedResults.Ok(await settings.ReadAsync<SendSettings>(ct))).Gives<SendSettings>(Scopes.SettingsRead, "Reads how answers leave the desk");
        api.MapPut("", PutAsync).Gives<SendSettings>(Scopes.SettingsWrite, "Replaces how answers leave the desk");
    }

    private static async Task<IResult> SaveAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var send = new SendSettings { UndoSeconds = Number(form["undo"]), MorningHour = Number(form["hour"]) };
        if (Check(send) is { } problem)
        {
            return PageResult.Of<SendingPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
        }

        await settings.SaveAsync(send, context.RequestAborted);
        return Results.LocalRedirect("/settings/sending?saved=1");
    }

    private static async Task<IResult> PutAsync(SendSettings body, Settings settings, CancellationToken ct)
    {
        if (Check(body) is { } problem)
        {
            return problem.ToAnswer();
        }

        await settings.SaveAsync(body, ct);
        return TypedResults.Ok(body);
    }

    private static Problem? Check(SendSettings send)
        => send.UndoSeconds is < 0 or > SendSettings.LongestUndo ? new Problem("sending.undo") { Field = "undo" }
            : send.MorningHour is < 0 or > 23 ? new Problem("sending.hour") { Field = "hour" }
            : null;

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
