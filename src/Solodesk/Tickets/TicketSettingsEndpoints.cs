using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets;

/// <summary>The settings of what tickets carry: categories, tags, fields, templates.</summary>
internal sealed class TicketSettingsEndpoints : IEndpoints
{
    private const string Categories = "/settings/categories";
    private const string Fields = "/settings/fields";
    private const string Templates = "/settings/templates";

    public void Map(IEndpointRouteBuilder routes)
    {
        var categories = routes.MapGroup(Categories).RequireAuthorization(SignIn.OwnerPolicy);
        categories.MapPost("", AddCategoryAsync);
        categories.MapPost("/{id:guid}", ChangeCategoryAsync);
        categories.MapPost("/tags", TagsAsync);
        var fields = routes.MapGroup(Fields).RequireAuthorization(SignIn.OwnerPolicy);
        fields.MapPost("", AddFieldAsync);
        fields.MapPost("/{id:guid}", ChangeFieldAsync);
        var templates = routes.MapGroup(Templates);
        templates.MapPost("/new", (IFormCollection form, HttpContext context, EditTemplates edit) => SaveTemplateAsync(null, form, context, edit));
        templates.MapPost("/{id:guid}", SaveTemplateAsync);
        templates.MapPost("/{id:guid}/remove", RemoveTemplateAsync);
    }

    private static async Task<IResult> AddCategoryAsync([FromForm] IFormCollection form, HttpContext context, EditCategories edit)
    {
        var parent = Guid.TryParse(form["parent"], out var id) ? id : (Guid?)null;
        var added = await edit.AddAsync(context.User.ToActor(), form["name"].ToString(), parent, context.RequestAborted);
        return added.Ok ? Results.LocalRedirect($"{Categories}#c-{added.Value:N}") : Refuse<CategoriesPage>(form, added.Problem);
    }

    private static async Task<IResult> ChangeCategoryAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, EditCategories edit)
    {
        var (actor, ct) = (context.User.ToActor(), context.RequestAborted);
        var changed = form["do"].ToString() switch
        {
            "up" => await edit.MoveAsync(actor, id, EditCategories.Step.Up, ct),
            "down" => await edit.MoveAsync(actor, id, EditCategories.Step.Down, ct),
            "archive" => await edit.ArchiveAsync(actor, id, true, ct),
            "restore" => await edit.ArchiveAsync(actor, id, false, ct),
            _ => await edit.RenameAsync(actor, id, form["name"].ToString(), ct),
        };
        return changed.Ok ? Results.LocalRedirect($"{Categories}#c-{id:N}") : Refuse<CategoriesPage>(null, changed.Problem with { Field = null });
    }

    private static async Task<IResult> TagsAsync([FromForm] IFormCollection form, HttpContext context, Settings settings)
    {
        var tags = form["tags"].ToString().Split([',', '，', '、', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(t => t.Length <= 60).Distinct(StringComparer.Ordinal).Take(500);
        await settings.SaveAsync(new TagSettings { Suggested = [.. tags] }, context.RequestAborted);
        return Results.LocalRedirect($"{Categories}?saved=tags#tags");
    }

    private static async Task<IResult> AddFieldAsync([FromForm] IFormCollection form, HttpContext context, EditCustomFields edit)
    {
        var request = new EditCustomFields.NewField(
            Enum.TryParse<CustomFieldTarget>(form["target"], out var target) && Enum.IsDefined(target) ? target : CustomFieldTarget.Ticket,
            Enum.TryParse<CustomFieldKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : CustomFieldKind.Text,
            form["label"].ToString(), form["key"].ToString(), Lines(form["options"].ToString()));
        var added = await edit.AddAsync(context.User.ToActor(), request, context.RequestAborted);
        return added.Ok ? Results.LocalRedirect($"{Fields}#f-{added.Value:N}") : Refuse<FieldsPage>(form, added.Problem);
    }

    private static async Task<IResult> ChangeFieldAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, EditCustomFields edit)
    {
        var options = form.ContainsKey("options") ? Lines(form["options"].ToString()) : null;
        var changed = await edit.ChangeAsync(context.User.ToActor(), id, form["label"].ToString(), options, form["do"] == "archive", context.RequestAborted);
        return changed.Ok ? Results.LocalRedirect($"{Fields}#f-{id:N}") : Refuse<FieldsPage>(null, changed.Problem with { Field = null });
    }

    private static async Task<IResult> SaveTemplateAsync(Guid? id, [FromForm] IFormCollection form, HttpContext context, EditTemplates edit)
    {
        var request = new EditTemplates.Request(form["name"].ToString(), form["body"].ToString(), form["folder"].ToString(), form["language"]);
        var saved = await edit.SaveAsync(context.User.ToActor(), id, request, context.RequestAborted);
        if (saved.Ok)
        {
            return Results.LocalRedirect(Templates);
        }

        var parameters = new Typed(form, saved.Problem).AsParameters();
        parameters["Id"] = id ?? Guid.Empty;
        return PageResult.Of<TemplatePage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RemoveTemplateAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, EditTemplates edit)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        var removed = await edit.RemoveAsync(context.User.ToActor(), id, context.RequestAborted);
        return removed.Ok || removed.Problem.Code == "template.not_found" ? Results.LocalRedirect(Templates) : Results.LocalRedirect("/denied");
    }

    private static string[] Lines(string text) => text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static RazorComponentResult<App> Refuse<TPage>(IFormCollection? form, Problem problem) where TPage : IComponent
        => PageResult.Of<TPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
