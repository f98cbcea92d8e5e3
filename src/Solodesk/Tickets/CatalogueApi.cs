using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary><c>/api/v1/categories</c>, <c>/custom-fields</c> and <c>/templates</c>: what tickets are sorted by and answered with. Each is a short list, given whole.</summary>
internal sealed class CatalogueApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var categories = routes.MapApi("categories", "Categories");
        categories.MapGet("", CategoriesAsync).Gives<Page<CategoryResource>>(Scopes.SettingsRead, "Lists the categories, archived ones too");
        categories.MapPost("", AddCategoryAsync).Gives<CategoryResource>(Scopes.SettingsWrite, "Adds a category", StatusCodes.Status201Created);
        categories.MapPatch("{id:guid}", ChangeCategoryAsync).Gives<CategoryResource>(Scopes.SettingsWrite, "Renames, moves or archives a category; absent members stay");

        var fields = routes.MapApi("custom-fields", "Custom fields");
        fields.MapGet("", FieldsAsync).Gives<Page<CustomFieldResource>>(Scopes.SettingsRead, "Lists the custom fields, archived ones too");
        fields.MapPost("", AddFieldAsync).Gives<CustomFieldResource>(Scopes.SettingsWrite, "Declares a custom field", StatusCodes.Status201Created);
        fields.MapPatch("{id:guid}", ChangeFieldAsync).Gives<CustomFieldResource>(Scopes.SettingsWrite, "Changes a custom field's label, options, place, or archives it");

        var templates = routes.MapApi("templates", "Templates");
        templates.MapGet("", TemplatesAsync).Gives<Page<TemplateResource>>(Scopes.TicketsRead, "Lists the prepared replies by name");
        templates.MapPost("", AddTemplateAsync).Gives<TemplateResource>(Scopes.TicketsWrite, "Adds a prepared reply", StatusCodes.Status201Created);
        templates.MapPatch("{id:guid}", ChangeTemplateAsync).Gives<TemplateResource>(Scopes.TicketsWrite, "Changes a prepared reply; absent members stay");
        templates.MapDelete("{id:guid}", DeleteTemplateAsync).GivesNothing(Scopes.TicketsWrite, "Takes a prepared reply away");
    }

    private static async Task<IResult> CategoriesAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(new Page<CategoryResource>(await Categories(db).ToListAsync(ct), null));
    }

    private static async Task<IResult> AddCategoryAsync(CategoryBody body, SaveCategory save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(null), ct), dbs, (db, id) => Categories(db).SingleAsync(c => c.Id == id, ct), c => TypedResults.Created($"{ApiRoutes.Root}/categories", c), ct);

    private static async Task<IResult> ChangeCategoryAsync(Guid id, CategoryBody body, SaveCategory save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(id), ct), dbs, (db, saved) => Categories(db).SingleAsync(c => c.Id == saved, ct), TypedResults.Ok, ct);

    private static async Task<IResult> FieldsAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(new Page<CustomFieldResource>(await Fields(db).ToListAsync(ct), null));
    }

    private static async Task<IResult> AddFieldAsync(NewCustomFieldBody body, SaveCustomField save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(), ct), dbs, (db, id) => Fields(db).SingleAsync(f => f.Id == id, ct), f => TypedResults.Created($"{ApiRoutes.Root}/custom-fields", f), ct);

    private static async Task<IResult> ChangeFieldAsync(Guid id, CustomFieldBody body, SaveCustomField save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(id), ct), dbs, (db, saved) => Fields(db).SingleAsync(f => f.Id == saved, ct), TypedResults.Ok, ct);

    private static async Task<IResult> TemplatesAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Ok(new Page<TemplateResource>(await Templates(db).ToListAsync(ct), null));
    }

    private static async Task<IResult> AddTemplateAsync(TemplateBody body, SaveTemplate save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(null), ct), dbs, (db, id) => Templates(db).SingleAsync(t => t.Id == id, ct), t => TypedResults.Created($"{ApiRoutes.Root}/templates", t), ct);

    private static async Task<IResult> ChangeTemplateAsync(Guid id, TemplateBody body, SaveTemplate save, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
        => await GiveAsync(await save.RunAsync(context.User.ToActor(), body.ToRequest(id), ct), dbs, (db, saved) => Templates(db).SingleAsync(t => t.Id == saved, ct), TypedResults.Ok, ct);

    private static async Task<IResult> DeleteTemplateAsync(Guid id, SaveTemplate save, HttpContext context, CancellationToken ct)
        => (await save.DeleteAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static IQueryable<CategoryResource> Categories(DeskDb db)
        => db.Set<Category>().AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Name).Select(c => new CategoryResource { Id = c.Id, ParentId = c.ParentId, Name = c.Name, Position = c.Position, Archived = c.Archived });

    private static IQueryable<CustomFieldResource> Fields(DeskDb db)
        => db.Set<CustomField>().AsNoTracking().OrderBy(f => f.Target).ThenBy(f => f.Position)
            .Select(f => new CustomFieldResource { Id = f.Id, Target = f.Target, Key = f.Key, Kind = f.Kind, Label = f.Label, Options = f.Options, Position = f.Position, Archived = f.Archived });

    private static IQueryable<TemplateResource> Templates(DeskDb db)
        => db.Set<Template>().AsNoTracking().OrderBy(t => t.Name)
            .Select(t => new TemplateResource { Id = t.Id, Name = t.Name, Body = t.Body, Folder = t.Folder, Language = t.Language, UseCount = t.UseCount, UpdatedAt = t.UpdatedAt });

    private static async Task<IResult> GiveAsync<T>(Result<Guid> saved, IDbContextFactory<DeskDb> dbs, Func<DeskDb, Guid, Task<T>> read, Func<T, IResult> answer, CancellationToken ct)
    {
        if (!saved.Ok)
        {
            return saved.Problem.ToAnswer();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return answer(await read(db, saved.Value));
    }
}
