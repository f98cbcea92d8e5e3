using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Views;

namespace Solodesk.Tickets.Writing;

/// <summary>
/// Where an agent goes after an answer, after solving and after putting away: they stay, go on to the next of the list that they came from, or back to it. It is
/// asked before the change, because the change takes the ticket out of its list.
/// </summary>
[UseCase]
internal sealed class WhereNext(IDbContextFactory<DeskDb> dbs, OpenView open)
{
    /// <summary>A place to go on to.</summary>
    /// <param name="View">The list.</param>
    /// <param name="Ticket">The next ticket in it; null opens the list itself.</param>
    /// <param name="From">The ticket that was dealt with.</param>
    public sealed record Place(string View, long? Ticket, long From)
    {
        public IResult Sent(HttpContext context, HoldReply.Outcome outcome) => Go(context, outcome.Held ? $"held={outcome.Id}" : "");

        public IResult Settled(HttpContext context) => Go(context, "");

        private IResult Go(HttpContext context, string what)
        {
            var to = $"/inbox/{View}{(Ticket is { } number ? $"/{number}" : "")}?done={From}{(what.Length > 0 ? "&" + what : "")}";
            if (Ticket is null && context.Request.Headers.ContainsKey("HX-Request"))
            {
                // The list is a page of its own on a phone: all of it is loaded.
                context.Response.Headers["HX-Redirect"] = to;
                return TypedResults.Ok();
            }

            return Results.Redirect(to);
        }
    }

    /// <summary>Null stays.</summary>
    public async Task<Place?> AfterAsync(Actor actor, IFormCollection form, long number, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Agent, Id: { } agent } || form["back"].ToString().Split('?')[0].Split('/') is not ["", "inbox", var view, var shown]
            || view == "search" || shown != number.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            return null;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var choice = await db.Set<Agent>().Where(a => a.Id == agent).Select(a => a.AfterSend).SingleOrDefaultAsync(ct);
        if (choice == AfterSend.Stay)
        {
            return null;
        }

        var opened = choice == AfterSend.Next ? await open.RunAsync(actor, new(view), ct) : null;
        return new Place(view, opened is { Ok: true } ? await opened.Value.NextAsync(db, number, ct) : null, number);
    }
}
