using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Views;

namespace Solodesk.Tickets;

/// <summary><c>/api/v1/tickets</c>: the tickets, what is said in them and what happened to them.</summary>
internal sealed class TicketsApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("tickets", "Tickets");
        api.MapGet("", ListAsync).Gives<Page<TicketResource>>(Scopes.TicketsRead, "Lists tickets: one view, narrowed by fields, or the best matches of some words");
        api.MapPost("", CreateAsync).Gives<TicketCreated>(Scopes.TicketsWrite, "Opens a ticket for a customer", StatusCodes.Status201Created);
        api.MapGet("{ticket}", ReadAsync).Gives<TicketResource>(Scopes.TicketsRead, "Reads a ticket by its id or its number");
        api.MapPatch("{ticket}", ChangeAsync).Gives<TicketResource>(Scopes.TicketsWrite, "Changes fields of a ticket; absent ones stay").WithMetadata(new OpenApiSetup.Versioned());
        api.MapGet("{ticket}/messages", MessagesAsync).Gives<Page<MessageResource>>(Scopes.TicketsRead, "Lists what was said, oldest first");
        api.MapPost("{ticket}/replies", ReplyAsync).Gives<MessageResource>(Scopes.TicketsWrite, "Answers the customer", StatusCodes.Status201Created);
        api.MapPost("{ticket}/notes", NoteAsync).Gives<MessageResource>(Scopes.TicketsWrite, "Leaves a note that only the desk sees", StatusCodes.Status201Created);
        api.MapGet("{ticket}/events", EventsAsync).Gives<Page<EventResource>>(Scopes.TicketsRead, "Lists the history of a ticket, oldest first");

        var events = routes.MapApi("events", "Tickets");
        events.MapGet("", AllEventsAsync).Gives<Page<EventResource>>(Scopes.TicketsRead, "Lists what happened to any ticket after the event of an id, in order");
    }

    /// <summary>What a list of tickets can be narrowed by.</summary>
    internal sealed class Query
    {
        /// <summary>The key of a view: mine, waiting, held, snoozed, urgent, solved, closed, spam, all (the default), or one from <c>/api/v1/views</c>.</summary>
        public string? View { get; init; }

        /// <summary>One or several, separated by commas: new, open, pending, onHold, solved, closed.</summary>
        public string? Status { get; init; }

        /// <summary>low, normal, high or urgent.</summary>
        public string? Priority { get; init; }

        /// <summary>question, incident, problem, task or complaint.</summary>
        public string? Type { get; init; }

        /// <summary>email, web, api …</summary>
        public string? Channel { get; init; }

        /// <summary>Tickets that carry this tag.</summary>
        public string? Tag { get; init; }

        /// <summary>Tickets of this category.</summary>
        public Guid? CategoryId { get; init; }

        /// <summary>Tickets of this agent.</summary>
        public Guid? AssigneeId { get; init; }

        /// <summary>Tickets of this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Tickets of the customer with this address.</summary>
        public string? Email { get; init; }

        /// <summary>Tickets of this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Words to search for; gives the best matches on one page.</summary>
        public string? Q { get; init; }

        /// <summary>view (the order of the view, the default) or number (newest first, for reading everything once).</summary>
        public string? Sort { get; init; }

        /// <summary>Rows of a page: 50, at most 200.</summary>
        public int? Limit { get; init; }

        /// <summary>The next of the page before.</summary>
        public string? Cursor { get; init; }
    }

    private static async Task<IResult> ListAsync([AsParameters] Query query, FilterTickets filter, OpenView open, ReadViews views, HttpContext context, CancellationToken ct)
    {
        var words = new Words();
        var view = await open.RunAsync(context.User.ToActor(), new(query.View ?? DefaultViews.Everything) { Flat = true }, ct);
        if (!view.Ok)
        {
            var known = await views.RunAsync(context.User.ToActor(), hidden: true, ct);
            return (view.Problem.Code == "view.not_found"
                ? new Problem("request.word_unknown", query.View ?? "", string.Join(", ", known.Select(v => v.Key))) { Field = "view" }
                : view.Problem with { Field = "view" }).ToAnswer();
        }

        var request = new FilterTickets.Request
        {
            View = view.Value,
            Statuses = [.. (query.Status ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => words.Of<TicketStatus>(s, "status")).OfType<TicketStatus>()],
            Priority = words.Of<TicketPriority>(query.Priority, "priority"),
            Type = words.Of<TicketType>(query.Type, "type"),
            Channel = query.Channel,
            Tag = query.Tag,
            CategoryId = query.CategoryId,
            AssigneeId = query.AssigneeId,
            CustomerId = query.CustomerId,
            CustomerEmail = query.Email,
            OrganizationId = query.OrganizationId,
            ByNumber = words.OneOf(query.Sort ?? "view", ["view", "number"], s => s, "sort") == "number",
            Words = query.Q,
            Cursor = query.Cursor,
            Limit = Paging.Limit(query.Limit),
        };
        return words.Problem?.ToAnswer() ?? (await filter.RunAsync(context.User.ToActor(), request, ct)).ToAnswer();
    }

    private static async Task<IResult> CreateAsync(NewTicketBody body, OpenTicket open, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        var opened = await open.RunAsync(context.User.ToActor(), body.ToRequest(), ct);
        if (!opened.Ok)
        {
            return opened.Problem.ToAnswer();
        }

        var ticket = await read.OpenedAsync(opened.Value, ct);
        EntityTag.Write(context, ticket.Version);
        return TypedResults.Created($"{ApiRoutes.Root}/tickets/{ticket.Id}", new TicketCreated(ticket, opened.Value.MessageId));
    }

    private static async Task<IResult> ReadAsync(string ticket, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => Tagged(context, await read.TicketAsync(await read.IdAsync(ticket, ct), ct));

    private static async Task<IResult> ChangeAsync(string ticket, TicketChanges body, ChangeTicket change, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var changed = await change.RunAsync(context.User.ToActor(), body.ToRequest(id) with { Version = EntityTag.Asked(context.Request) }, ct);
        return changed.Ok ? Tagged(context, await read.TicketAsync(id, ct)) : changed.Problem.ToAnswer();
    }

    private static async Task<IResult> MessagesAsync(string ticket, int? limit, string? cursor, ReadTicketParts read, CancellationToken ct)
        => (await read.MessagesAsync(await read.IdAsync(ticket, ct), cursor, Paging.Limit(limit), ct)).ToAnswer();

    private static Task<IResult> ReplyAsync(string ticket, ReplyBody body, ReplyToTicket reply, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => SayAsync(ticket, id => new ReplyToTicket.Request(id, body.Body, Internal: false)
        {
            Status = body.Status,
            Cc = body.Cc ?? [],
            Bcc = body.Bcc ?? [],
            AttachmentIds = body.AttachmentIds ?? [],
        }, reply, read, context, ct);

    private static Task<IResult> NoteAsync(string ticket, NoteBody body, ReplyToTicket reply, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => SayAsync(ticket, id => new ReplyToTicket.Request(id, body.Body, Internal: true) { AttachmentIds = body.AttachmentIds ?? [] }, reply, read, context, ct);

    private static async Task<IResult> SayAsync(string ticket, Func<Guid, ReplyToTicket.Request> request, ReplyToTicket reply, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var said = await reply.RunAsync(context.User.ToActor(), request(id), ct);
        return said.Ok
            ? (await read.MessageAsync(said.Value, ct)).ToAnswer(m => TypedResults.Created($"{ApiRoutes.Root}/tickets/{id}/messages", m))
            : said.Problem.ToAnswer();
    }

    private static async Task<IResult> EventsAsync(string ticket, int? limit, string? cursor, ReadTicketParts read, CancellationToken ct)
        => (await read.EventsAsync(await read.IdAsync(ticket, ct), every: false, cursor, Paging.Limit(limit), ct)).ToAnswer();

    private static async Task<IResult> AllEventsAsync([FromQuery] long? after, int? limit, ReadTicketParts read, CancellationToken ct)
        => (await read.EventsAsync(null, every: true, new Cursor("events", 0, (after ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString(), Paging.Limit(limit), ct)).ToAnswer();

    private static IResult Tagged(HttpContext context, Result<TicketResource> ticket)
    {
        if (ticket.Ok)
        {
            EntityTag.Write(context, ticket.Value.Version);
        }

        return ticket.ToAnswer();
    }
}
