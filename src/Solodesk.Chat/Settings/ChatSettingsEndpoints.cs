using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Chat.Settings;

/// <summary>The forms of the chat's settings.</summary>
internal sealed class ChatSettingsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/settings/chat").RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("", ([FromForm] IFormCollection form, Solodesk.Data.Settings settings, HttpContext context) => SaveAsync(form, settings, "look", ChatForm.Look, context.RequestAborted)).ExcludeFromDescription();
        group.MapPost("/answers", ([FromForm] IFormCollection form, Solodesk.Data.Settings settings, HttpContext context) => SaveAsync(form, settings, "answers", ChatForm.Answers, context.RequestAborted)).ExcludeFromDescription();
        group.MapPost("/sites", ([FromForm] IFormCollection form, Solodesk.Data.Settings settings, HttpContext context) => SaveAsync(form, settings, "sites", ChatForm.Sites, context.RequestAborted)).ExcludeFromDescription();
        group.MapPost("/secret", RotateAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SaveAsync(IFormCollection form, Solodesk.Data.Settings settings, string section, Func<IFormCollection, ChatSettings, Result<ChatSettings>> read, CancellationToken ct)
    {
        var changed = read(form, await settings.ReadAsync<ChatSettings>(ct));
        if (!changed.Ok)
        {
            var parameters = new Typed(form, changed.Problem).AsParameters();
            parameters["Section"] = section;
            return PageResult.Of<ChatSettingsPage>(parameters, StatusCodes.Status422UnprocessableEntity);
        }

        await settings.SaveAsync(changed.Value, ct);
        return Results.LocalRedirect($"/settings/chat?saved={section}#{section}");
    }

    // No redirect: the secret is shown on this answer and never again.
    private static async Task<IResult> RotateAsync([FromForm] IFormCollection form, ChatSecret secret, HttpContext context)
        => PageResult.Of<ChatSettingsPage>(new Dictionary<string, object?> { ["Secret"] = await secret.RotateAsync(context.RequestAborted) });
}
