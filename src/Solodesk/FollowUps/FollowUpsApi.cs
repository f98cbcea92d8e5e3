using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;

namespace Solodesk.FollowUps;

/// <summary><c>/api/v1/followups</c>: contacts that we owe.</summary>
internal sealed class FollowUpsApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("followups", "Follow-ups");
        api.MapGet("", ListAsync).Gives<Page<FollowUpRow>>(Scopes.TicketsRead, "Lists follow-ups and call-backs in the order of their times");
        api.MapPost("", PlanAsync).Gives<FollowUpRow>(Scopes.TicketsWrite, "Plans a follow-up or a call-back for a ticket or a customer", StatusCodes.Status201Created);
        api.MapGet("{id:guid}", ReadAsync).Gives<FollowUpRow>(Scopes.TicketsRead, "Reads a follow-up");
        api.MapPatch("{id:guid}", ChangeAsync).Gives<FollowUpRow>(Scopes.TicketsWrite, "Moves a follow-up or changes its words; absent members stay");
        api.MapPost("{id:guid}/done", (Guid id, FollowUpResult body, ChangeFollowUp change, ReadFollowUps read, HttpContext context, CancellationToken ct)
            => SettleAsync(change.DoneAsync(context.User.ToActor(), id, body.Result ?? "", ct), id, read, ct)).Gives<FollowUpRow>(Scopes.TicketsWrite, "Notes that it was done, with what came of it");
        api.MapPost("{id:guid}/cancel", (Guid id, FollowUpResult body, ChangeFollowUp change, ReadFollowUps read, HttpContext context, CancellationToken ct)
            => SettleAsync(change.CancelAsync(context.User.ToActor(), id, body.Result ?? "", ct), id, read, ct)).Gives<FollowUpRow>(Scopes.TicketsWrite, "Cancels it, with the reason");
    }

    /// <summary>What the list can be narrowed by.</summary>
    internal sealed class Query
    {
        /// <summary>planned, done or cancelled.</summary>
        public string? State { get; init; }

        /// <summary>Those of this ticket, by its id.</summary>
        public Guid? Ticket { get; init; }

        /// <summary>Those of this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Those that are due before this time.</summary>
        public DateTimeOffset? DueBefore { get; init; }

        /// <summary>Rows of a page, at most 200.</summary>
        public int? Limit { get; init; }

        /// <summary>The next of the page before.</summary>
        public string? Cursor { get; init; }
    }

    private static async Task<IResult> ListAsync([AsParameters] Query query, ReadFollowUps read, CancellationToken ct)
    {
        if (query.State is { Length: > 0 } asked && !(Enum.TryParse<FollowUpState>(asked, ignoreCase: true, out var known) && Enum.IsDefined(known)))
        {
            return new Problem("request.word_unknown", asked, "planned, done, cancelled") { Field = "state" }.ToAnswer();
        }

        return (await read.PageAsync(new()
        {
            State = Enum.TryParse<FollowUpState>(query.State, ignoreCase: true, out var state) ? state : null,
            Ticket = query.Ticket,
            Customer = query.CustomerId,
            DueBefore = query.DueBefore,
        }, query.Cursor, Paging.Limit(query.Limit), ct)).ToAnswer();
    }

    private static async Task<IResult> PlanAsync(FollowUpBody body, PlanFollowUp plan, ReadFollowUps read, HttpContext context, CancellationToken ct)
    {
        var planned = await plan.RunAsync(context.User.ToActor(), new(body.Kind, body.DueAt) { Ticket = body.TicketId, Customer = body.CustomerId, Note = body.Note ?? "", Phone = body.Phone }, ct);
        return planned.Ok ? TypedResults.Created($"{ApiRoutes.Root}/followups/{planned.Value}", await read.OneAsync(planned.Value, ct)) : planned.Problem.ToAnswer();
    }

    private static async Task<IResult> ReadAsync(Guid id, ReadFollowUps read, CancellationToken ct)
        => await read.OneAsync(id, ct) is { } row ? TypedResults.Ok(row) : Problem.NotFound("followup").ToAnswer();

    private static Task<IResult> ChangeAsync(Guid id, FollowUpChanges body, ChangeFollowUp change, ReadFollowUps read, HttpContext context, CancellationToken ct)
        => SettleAsync(change.RunAsync(context.User.ToActor(), new(id) { DueAt = body.DueAt, Note = body.Note, Phone = body.Phone }, ct), id, read, ct);

    private static async Task<IResult> SettleAsync(Task<Result<Done>> work, Guid id, ReadFollowUps read, CancellationToken ct)
        => await work is { Ok: false } refused ? refused.Problem!.ToAnswer() : TypedResults.Ok(await read.OneAsync(id, ct));
}

/// <summary>A follow-up to plan.</summary>
/// <param name="Kind">followUp or callBack.</param>
/// <param name="DueAt">When it is owed.</param>
public sealed record FollowUpBody(FollowUpKind Kind, DateTimeOffset DueAt)
{
    /// <summary>The ticket it grows out of; or the customer.</summary>
    public Guid? TicketId { get; init; }

    public Guid? CustomerId { get; init; }

    /// <summary>What it is about.</summary>
    public string? Note { get; init; }

    /// <summary>The number to call; absent takes the customer's own.</summary>
    public string? Phone { get; init; }
}

/// <summary>Changes of a follow-up: absent members stay.</summary>
public sealed record FollowUpChanges(DateTimeOffset? DueAt, string? Note, string? Phone);

/// <summary>What came of it, or why it was cancelled.</summary>
public sealed record FollowUpResult(string? Result);
