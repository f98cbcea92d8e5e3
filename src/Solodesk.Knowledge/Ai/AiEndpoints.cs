using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Ai.Pages;
using Solodesk.Knowledge.Configuration;
using Solodesk.Knowledge.Meaning;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Knowledge.Ai;

/// <summary>What the settings of the AI services post: saving, and trying what stands in the form.</summary>
internal sealed class AiEndpoints : IEndpoints
{
    private const int MostTokens = 1_000_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/settings/ai").RequireAuthorization(SignIn.OwnerPolicy).ExcludeFromDescription();
        settings.MapPost("/write", WriteAsync);
        settings.MapPost("/meaning", MeaningAsync);
    }

    private static async Task<IResult> WriteAsync([FromForm] IFormCollection form, HttpContext context, Settings settings, IDataProtectionProvider protection, TestAi test, AiRest rest, DeskWriter writer,
        TimeProvider clock, CancellationToken ct)
    {
        var now = await settings.ReadAsync<AiSettings>(ct);
        if (Wrong(form) is { } problem)
        {
            return Refuse(form, "write", problem);
        }

        if (!int.TryParse(form["budget"], NumberStyles.None, CultureInfo.InvariantCulture, out var budget) || budget > MostTokens)
        {
            return Refuse(form, "write", new Problem("ai.budget") { Field = "budget" });
        }

        var (address, model, key) = Place(form, protection, now.Address, now.SealedKey);
        if (form["do"] == "test")
        {
            var tested = await test.WritingAsync(context.User.ToActor(), address, model, key, ct);
            return tested.Ok ? Tried(form, "write", tested.Value) : Refuse(form, "write", tested.Problem);
        }

        await settings.SaveAsync(new AiSettings
        {
            Address = address,
            Model = model,
            SealedKey = key,
            TokensPerDay = budget,
            WritesAnswers = form.ContainsKey("writes"),
            PreparesDrafts = form.ContainsKey("prepares"),
        }, ct);
        rest.Until = DateTimeOffset.MinValue;
        await AnswersEndpoints.TellAsync(writer, clock, ct);
        return Results.LocalRedirect("/settings/ai?saved=write#write");
    }

    private static async Task<IResult> MeaningAsync([FromForm] IFormCollection form, HttpContext context, Settings settings, IDataProtectionProvider protection, TestAi test, QuestionMeaning meanings,
        DeskWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var now = await settings.ReadAsync<MeaningSettings>(ct);
        if (Wrong(form) is { } problem)
        {
            return Refuse(form, "meaning", problem);
        }

        var (address, model, key) = Place(form, protection, now.Address, now.SealedKey);
        if (form["do"] == "test")
        {
            var tested = await test.MeaningAsync(context.User.ToActor(), address, model, key, ct);
            return tested.Ok ? Tried(form, "meaning", tested.Value) : Refuse(form, "meaning", tested.Problem);
        }

        await settings.SaveAsync(new MeaningSettings { Address = address, Model = model, SealedKey = key }, ct);
        meanings.Wake();
        await AnswersEndpoints.TellAsync(writer, clock, ct);
        return Results.LocalRedirect("/settings/ai?saved=meaning#meaning");
    }

    private static Problem? Wrong(IFormCollection form)
    {
        var address = form["address"].ToString().Trim();
        if (address.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0))
        {
            return new Problem("answers.url") { Field = "address" };
        }

        return address.Length == 0 && form["do"] == "test" ? new Problem("ai.address_missing") { Field = "address" }
            : address.Length > 0 && form["model"].ToString().Trim().Length == 0 ? new Problem("ai.model_missing") { Field = "model" }
            : null;
    }

    private static (string Address, string Model, string Key) Place(IFormCollection form, IDataProtectionProvider protection, string knownAddress, string knownKey)
    {
        var address = form["address"].ToString().Trim();
        var key = form["key"].ToString().Trim();
        // Another address never gets the key that was given for this one.
        return (address, AnswersEndpoints.Cut(form["model"].ToString().Trim(), 120), key.Length > 0 ? AiService.Seal(protection, key) : address == knownAddress ? knownKey : "");
    }

    private static IResult Refuse(IFormCollection form, string part, Problem problem)
    {
        var parameters = new Typed(form, problem).AsParameters();
        parameters[nameof(AiPage.Part)] = part;
        return PageResult.Of<AiPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Tried(IFormCollection form, string part, AiOutcome outcome)
    {
        var parameters = new Typed(form).AsParameters();
        parameters[nameof(AiPage.Part)] = part;
        parameters[nameof(AiPage.Tested)] = outcome;
        return PageResult.Of<AiPage>(parameters);
    }
}
