using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Ui;

namespace Solodesk.Tickets.Undoing;

/// <summary>The key and the link that take a change back.</summary>
internal sealed class UndoDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/inbox/{number:long}/undo/{id:guid}", UndoAsync);

    private static async Task<IResult> UndoAsync(long number, Guid id, [FromForm] IFormCollection form, HttpContext context, UndoChange undo, Phrases phrases, CancellationToken ct)
    {
        var done = await undo.RunAsync(context.User.ToActor(), id, ct);
        return done.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }
}
