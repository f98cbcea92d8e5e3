using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Notifications.Pages;
using Solodesk.Notifications.Push;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Notifications;

/// <summary>What browsers and the settings page of notifications ask for, and the choices for programs.</summary>
internal sealed class NotificationsEndpoints : IEndpoints
{
    private const string Page = "/settings/notifications";
    private static readonly char[] Between = [',', '，', '、', ' ', ';', '；'];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notifications/key", async (VapidKeys keys, CancellationToken ct) => Results.Text(await keys.PublicAsync(ct)));
        routes.MapPost("/notifications/browsers", SubscribeAsync).ForViewers();
        routes.MapPost("/notifications/browsers/{id:guid}/remove", RemoveAsync).ForViewers();
        routes.MapPost("/notifications/browsers/{id:guid}/test", TestAsync).ForViewers();
        routes.MapPost(Page, SaveAsync).ForViewers();
        var api = routes.MapApi("agents/{id:guid}/notifications", "Settings");
        api.MapGet("", ReadAsync).Gives<NoticeChoicesBody>(Scopes.SettingsRead, "Reads what an agent is told about, the quiet hours and the times of the digest");
        api.MapPut("", PutAsync).Gives<NoticeChoicesBody>(Scopes.SettingsWrite, "Replaces what an agent is told about, the quiet hours and the times of the digest");
    }

    private static async Task<IResult> SubscribeAsync([FromForm] IFormCollection form, HttpContext context, SubscribePush subscribe)
        => (await subscribe.RunAsync(context.User.ToActor(), new(form["endpoint"].ToString(), form["key"].ToString(), form["secret"].ToString(), Browsers.Name(context.Request.Headers.UserAgent.ToString())), context.RequestAborted))
            .ToAnswer(id => TypedResults.Ok(new { id }));

    private static async Task<IResult> RemoveAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, SubscribePush subscribe)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        await subscribe.RemoveAsync(context.User.ToActor(), id, context.RequestAborted);
        return Results.LocalRedirect(Page);
    }

    private static async Task<IResult> TestAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, IDbContextFactory<DeskDb> dbs, SendPushes sender, Phrases phrases)
    {
        _ = form;
        var (ct, me) = (context.RequestAborted, context.User.ToActor().Id);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var arrived = await db.Set<PushSubscription>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.AgentId == me, ct) is { } subscription
            && await sender.TryAsync(subscription, JsonSerializer.Serialize(new { title = phrases["push.test"], body = phrases["push.test.body"], url = Page, tag = "test" }, JsonSerializerOptions.Web), ct);
        return Results.LocalRedirect($"{Page}?test={(arrived ? "sent" : "failed")}");
    }

    private static async Task<IResult> SaveAsync([FromForm] IFormCollection form, HttpContext context, ChooseNotices choose)
    {
        var actor = context.User.ToActor();
        var saved = await choose.RunAsync(actor, new(actor.Id ?? Guid.Empty)
        {
            NewTicket = form.ContainsKey("newTicket"),
            Answer = form.ContainsKey("answer"),
            PromiseSoon = form.ContainsKey("promiseSoon"),
            ChatWaiting = form.ContainsKey("chatWaiting"),
            FollowUp = form.ContainsKey("followUp"),
            QuietFrom = Minute(form["quietFrom"]),
            QuietTo = Minute(form["quietTo"]),
            DigestAt = [.. form["digestAt"].ToString().Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => Minute(t) ?? -1)],
            DigestOnWeekdays = form.ContainsKey("weekdays"),
        }, context.RequestAborted);
        return saved.Ok ? Results.LocalRedirect($"{Page}?saved=1") : PageResult.Of<NotificationsPage>(new Typed(form, saved.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ReadAsync(Guid id, ChooseNotices choose, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Agent>().AnyAsync(a => a.Id == id, ct) ? TypedResults.Ok(NoticeChoicesBody.Of(await choose.ReadAsync(id, ct))) : Problem.NotFound("agent").ToAnswer();
    }

    private static async Task<IResult> PutAsync(Guid id, NoticeChoicesBody body, ChooseNotices choose, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        var saved = await choose.RunAsync(context.User.ToActor(), new(id)
        {
            NewTicket = body.NewTicket,
            Answer = body.Answer,
            PromiseSoon = body.PromiseSoon,
            ChatWaiting = body.ChatWaiting,
            FollowUp = body.FollowUp,
            QuietFrom = Minute(body.QuietFrom),
            QuietTo = Minute(body.QuietTo),
            DigestAt = [.. (body.DigestAt ?? []).Select(t => Minute(t) ?? -1)],
            DigestOnWeekdays = body.DigestOnWeekdays,
        }, ct);
        return saved.Ok ? await ReadAsync(id, choose, dbs, ct) : saved.Problem.ToAnswer();
    }

    /// <summary>A time of day as minutes; null when nothing stands there, and a wrong number when it cannot be read.</summary>
    internal static int? Minute(string? text)
        => string.IsNullOrWhiteSpace(text) ? null
            : TimeOnly.TryParseExact(text.Trim().Replace('：', ':'), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : -1;

    internal static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}

/// <summary>What an agent is told about.</summary>
public sealed record NoticeChoicesBody
{
    public bool NewTicket { get; init; }
    public bool Answer { get; init; }
    public bool PromiseSoon { get; init; }
    public bool ChatWaiting { get; init; }
    public bool FollowUp { get; init; }

    /// <summary>From when on nothing is shown, as HH:mm in the agent's zone; null knows no quiet hours.</summary>
    public string? QuietFrom { get; init; }

    public string? QuietTo { get; init; }

    /// <summary>When the digest goes out, as HH:mm in the agent's zone; none sends none.</summary>
    public IReadOnlyList<string>? DigestAt { get; init; }

    /// <summary>Only from Monday to Friday.</summary>
    public bool DigestOnWeekdays { get; init; }

    internal static NoticeChoicesBody Of(NoticeChoices c) => new()
    {
        NewTicket = c.NewTicket,
        Answer = c.Answer,
        PromiseSoon = c.PromiseSoon,
        ChatWaiting = c.ChatWaiting,
        FollowUp = c.FollowUp,
        QuietFrom = c.QuietFrom is { } from ? NotificationsEndpoints.Clock(from) : null,
        QuietTo = c.QuietTo is { } to ? NotificationsEndpoints.Clock(to) : null,
        DigestAt = [.. c.DigestAt.Select(NotificationsEndpoints.Clock)],
        DigestOnWeekdays = c.DigestOnWeekdays,
    };
}
