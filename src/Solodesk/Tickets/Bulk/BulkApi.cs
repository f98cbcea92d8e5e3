using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;

namespace Solodesk.Tickets.Bulk;

/// <summary><c>/api/v1/bulk</c>: one change, or one answer, for many tickets; done in the background.</summary>
internal sealed class BulkApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("bulk", "Bulk");
        api.MapPost("", StartAsync).Gives<BulkResource>(Scopes.TicketsWrite, "Changes or answers many tickets, or a whole view, in the background", StatusCodes.Status202Accepted);
        api.MapGet("{id:guid}", ReadAsync).Gives<BulkResource>(Scopes.TicketsRead, "Says how far it is, what changed, and what was left alone and why");
        api.MapPost("{id:guid}/stop", StopAsync).Gives<BulkResource>(Scopes.TicketsWrite, "Stops it where it is; what was done stays, and can be put back");
        api.MapPost("{id:guid}/undo", UndoAsync).Gives<BulkResource>(Scopes.TicketsWrite, "Puts every ticket back as it was, for 30 days; takes answers back that have not left", StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> StartAsync(BulkBody body, StartBulk start, ReadBulk read, HttpContext context, CancellationToken ct)
    {
        var started = await start.RunAsync(context.User.ToActor(), body.ToRequest() with { Host = Preparing.TemplateValues.HostOf(context) }, ct);
        return started.Ok ? TypedResults.Accepted($"{ApiRoutes.Root}/bulk/{started.Value}", await ResourceAsync(started.Value, read, ct)) : started.Problem.ToAnswer();
    }

    private static async Task<IResult> ReadAsync(Guid id, ReadBulk read, CancellationToken ct)
        => await ResourceAsync(id, read, ct) is { } run ? TypedResults.Ok(run) : Problem.NotFound("bulk").ToAnswer();

    private static async Task<IResult> UndoAsync(Guid id, StartBulk start, ReadBulk read, HttpContext context, CancellationToken ct)
    {
        var undone = await start.UndoAsync(context.User.ToActor(), id, ct);
        return undone.Ok ? TypedResults.Accepted($"{ApiRoutes.Root}/bulk/{id}", await ResourceAsync(id, read, ct)) : undone.Problem.ToAnswer();
    }

    private static async Task<IResult> StopAsync(Guid id, StartBulk start, ReadBulk read, HttpContext context, CancellationToken ct)
    {
        var stopped = await start.StopAsync(context.User.ToActor(), id, ct);
        return stopped.Ok ? TypedResults.Ok(await ResourceAsync(id, read, ct)) : stopped.Problem.ToAnswer();
    }

    private static async Task<BulkResource?> ResourceAsync(Guid id, ReadBulk read, CancellationToken ct)
        => await read.RunAsync(id, ct) is { } run
            ? new BulkResource(run.Id, run.Kind, run.State, run.Total, run.Changed, run.Unchanged, run.Refused, run.Undone, run.KeptSince, run.CreatedAt, run.FinishedAt,
                [.. (await read.RefusalsAsync(id, ct)).Select(r => new BulkRefusal(r.Number, r.Problem))], run.NotBefore)
            : null;
}

/// <summary>What shall be done to many tickets: a change, or an answer.</summary>
public sealed record BulkBody
{
    /// <summary>The tickets, at most 2,000; or <c>view</c>.</summary>
    public IReadOnlyList<Guid>? TicketIds { get; init; }

    /// <summary>The key of a view whose tickets are all meant.</summary>
    public string? View { get; init; }

    public TicketStatus? Status { get; init; }
    public TicketPriority? Priority { get; init; }
    public TicketType? Type { get; init; }
    public Guid? CategoryId { get; init; }
    public Guid? AssigneeId { get; init; }
    public IReadOnlyList<string>? AddTags { get; init; }
    public IReadOnlyList<string>? RemoveTags { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public bool? Spam { get; init; }
    public bool? Unread { get; init; }

    /// <summary>Values of custom fields, by key.</summary>
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    /// <summary>Instead of a change: Markdown with variables, sent to each customer as a mail of their own.</summary>
    public string? Answer { get; init; }

    internal StartBulk.Request ToRequest() => new()
    {
        Picked = TicketIds ?? [],
        View = View,
        Markdown = Answer,
        Change = new BulkChange
        {
            Status = Status,
            Priority = Priority,
            Type = Type,
            CategoryId = CategoryId,
            AssigneeId = AssigneeId,
            AddTags = [.. AddTags ?? []],
            RemoveTags = [.. RemoveTags ?? []],
            SnoozeUntil = SnoozedUntil,
            Spam = Spam,
            Unread = Unread,
            Custom = new Dictionary<string, string>(Custom ?? new Dictionary<string, string>()),
        },
    };
}

/// <summary>How far a change of many tickets is, and what came of it.</summary>
public sealed record BulkResource(Guid Id, BulkKind Kind, BulkState State, int Total, int Changed, int Unchanged, int Refused, int Undone, int KeptSince,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, IReadOnlyList<BulkRefusal> Refusals, DateTimeOffset? NotBefore);

/// <summary>A ticket that was left alone.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Problem">The code of the reason.</param>
public sealed record BulkRefusal(long Number, string Problem);
