using Microsoft.AspNetCore.Builder;
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

/// <summary>The settings of the business: who it is, when it works, what it promises.</summary>
internal sealed class BusinessEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/settings").RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("/business", BusinessAsync);
        group.MapPost("/business/hours", HoursAsync);
        group.MapPost("/promises", PromisesAsync);
    }

    private static async Task<IResult> BusinessAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var name = form["name"].ToString().Trim();
        var url = form["url"].ToString().Trim().TrimEnd('/');
        var currency = form["currency"].ToString().Trim();
        var problem = name.Length is 0 or > 80 ? new Problem("business.name") { Field = "name" }
            : url.Length > 0 && !IsWebAddress(url) ? new Problem("business.url") { Field = "url" }
            : currency.Length is 0 or > 4 ? new Problem("business.currency") { Field = "currency" }
            : null;
        if (problem is not null)
        {
            return PageResult.Of<BusinessSettingsPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
        }

        var business = await settings.ReadAsync<BusinessSettings>(context.RequestAborted);
        await settings.SaveAsync(business with { Name = name, Language = Phrases.Known(form["language"]), PublicUrl = url, Currency = currency }, context.RequestAborted);
        return Results.LocalRedirect("/settings/business?saved=business");
    }

    private static async Task<IResult> HoursAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var business = await settings.ReadAsync<BusinessSettings>(context.RequestAborted);
        var hours = HoursForm.Read(form, business.Hours);
        if (!hours.Ok)
        {
            return PageResult.Of<BusinessSettingsPage>(new Typed(form, hours.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
        }

        await settings.SaveAsync(business with { Hours = hours.Value }, context.RequestAborted);
        return Results.LocalRedirect("/settings/business?saved=hours#hours");
    }

    private static async Task<IResult> PromisesAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var promise = PromiseForm.Read(form, await settings.ReadAsync<PromiseSettings>(context.RequestAborted));
        if (!promise.Ok)
        {
            return PageResult.Of<PromiseSettingsPage>(new Typed(form, promise.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
        }

        await settings.SaveAsync(promise.Value, context.RequestAborted);
        return Results.LocalRedirect("/settings/promises?saved=1");
    }

    private static bool IsWebAddress(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.Query.Length == 0 && uri.Fragment.Length == 0;
}
