using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Setup.Pages;
using Solodesk.Tickets;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Setup;

/// <summary>The steps after the founder's account. Each saves by itself, and each can be passed over.</summary>
internal sealed class SetupStepsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var steps = routes.MapGroup("/setup").RequireAuthorization(SignIn.OwnerPolicy);
        steps.MapPost("/business", BusinessAsync);
        steps.MapPost("/industry", IndustryAsync);
        steps.MapPost("/promise", PromiseAsync);
        steps.MapPost("/{step}/skip", SkipAsync);
        steps.MapPost("/later", LaterAsync);
        routes.MapPost("/setup/language", LanguageAsync).AllowAnonymous();
    }

    private static async Task<IResult> BusinessAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var business = await settings.ReadAsync<BusinessSettings>(context.RequestAborted);
        var hours = HoursForm.Read(form, business.Hours);
        var name = form["name"].ToString().Trim();
        var problem = name.Length is 0 or > 80 ? new Problem("business.name") { Field = "name" } : hours.Problem;
        if (problem is not null)
        {
            return Refuse<SetupBusinessPage>(form, problem);
        }

        await settings.SaveAsync(business.In(Phrases.Known(form["language"])) with
        {
            Name = name,
            Hours = hours.Value,
            PublicUrl = business.PublicUrl.Length > 0 || LocalVisit.Is(context) ? business.PublicUrl : $"{context.Request.Scheme}://{context.Request.Host}",
        }, context.RequestAborted);
        return await PassAsync(SetupStep.Business, settings, context.RequestAborted);
    }

    private static async Task<IResult> IndustryAsync([FromForm] IFormCollection form, HttpContext context, ChooseIndustry choose, Settings settings)
    {
        var chosen = await choose.RunAsync(context.User.ToActor(), form["industry"].ToString(), context.RequestAborted);
        return chosen.Ok ? await PassAsync(SetupStep.Industry, settings, context.RequestAborted) : Refuse<SetupIndustryPage>(form, chosen.Problem);
    }

    private static async Task<IResult> PromiseAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var read = PromiseForm.Read(form, await settings.ReadAsync<PromiseSettings>(context.RequestAborted));
        if (!read.Ok)
        {
            return Refuse<SetupPromisePage>(form, read.Problem);
        }

        await settings.SaveAsync(read.Value, context.RequestAborted);
        return await PassAsync(SetupStep.Promise, settings, context.RequestAborted);
    }

    private static async Task<IResult> SkipAsync(string step, [FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        return SetupStep.All.Skip(1).Contains(step) ? await PassAsync(step, settings, context.RequestAborted) : Results.NotFound();
    }

    /// <summary>Leaves the set-up for good; everything in it is also in the settings.</summary>
    private static async Task<IResult> LaterAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        _ = form;
        await settings.SaveAsync(await settings.ReadAsync<BusinessSettings>(context.RequestAborted) with { SetUp = true }, context.RequestAborted);
        return Results.LocalRedirect("/");
    }

    internal static async Task<IResult> PassAsync(string step, Settings settings, CancellationToken ct)
    {
        var progress = await settings.ReadAsync<SetupProgress>(ct);
        if (!progress.Passed.Contains(step))
        {
            await settings.SaveAsync(progress with { Passed = [.. progress.Passed, step] }, ct);
        }

        return Results.LocalRedirect("/setup");
    }

    /// <summary>Draws the same step again in the other language, with what was typed.</summary>
    private static async Task<IResult> LanguageAsync([FromForm] IFormCollection form, string to, HttpContext context, ChangeLanguage change)
    {
        var language = Phrases.Known(to);
        context.Remember("lang", language);
        if (context.User.ToActor() is { CanAdminister: true } owner)
        {
            await change.RunAsync(owner, language, context.RequestAborted);
        }

        var typed = new Typed(form).AsParameters();
        return new InLanguage(language, form["step"].ToString() switch
        {
            _ when !context.User.ToActor().CanAdminister => PageResult.Of<SetupAccountPage>(typed),
            SetupStep.Business => PageResult.Of<SetupBusinessPage>(typed),
            SetupStep.Industry => PageResult.Of<SetupIndustryPage>(typed),
            SetupStep.Mailbox => PageResult.Of<SetupMailboxPage>(typed),
            SetupStep.Promise => PageResult.Of<SetupPromisePage>(typed),
            _ => Results.LocalRedirect("/setup"),
        });
    }

    /// <summary>An answer in a language that was chosen only just now: the culture set while deciding would not reach the one who draws it.</summary>
    private sealed class InLanguage(string language, IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return answer.ExecuteAsync(httpContext);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<App> Refuse<TPage>(IFormCollection form, Problem problem) where TPage : IComponent
        => PageResult.Of<TPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
