using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Ui;

namespace Solodesk.Notifications.Push;

/// <summary>
/// Takes due deliveries to the browsers' push services. What does not arrive is tried again with longer and longer rests; a subscription that
/// the service does not know any more is taken away. Many notices at once, as after quiet hours, become one.
/// </summary>
internal sealed partial class SendPushes(
    DeskWriter writer, IDbContextFactory<DeskDb> dbs, IHttpClientFactory clients, VapidKeys keys, Settings settings, Phrases phrases, TimeProvider clock, ILogger<SendPushes> log) : IPeriodicJob
{
    public const string Client = "push";
    private const int AtOnce = 200;

    /// <summary>More than these for one browser are said as one.</summary>
    private const int Several = 3;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>Seconds between attempts; the last one repeats.</summary>
    private static readonly int[] Pauses = [15, 60, 300, 900, 3600];

    private enum Outcome { Arrived, Later, Gone, Refused }

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var due = await db.Set<PushDelivery>().AsNoTracking().Where(d => d.DueAt <= now).OrderBy(d => d.DueAt).Take(AtOnce).ToListAsync(ct);
        foreach (var ofOne in due.GroupBy(d => d.SubscriptionId))
        {
            if (await db.Set<PushSubscription>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == ofOne.Key, ct) is { } subscription && await ClaimAsync([.. ofOne], now, ct))
            {
                await SendAllAsync(db, subscription, [.. ofOne], ct);
            }
        }
    }

    /// <summary>Sends one text to one browser now; says whether it arrived.</summary>
    public async Task<bool> TryAsync(PushSubscription subscription, string payload, CancellationToken ct)
        => (await SendAsync(subscription, payload, urgent: true, ct)).Outcome == Outcome.Arrived;

    private async Task SendAllAsync(DeskDb db, PushSubscription subscription, List<PushDelivery> deliveries, CancellationToken ct)
    {
        if (deliveries.Count > Several)
        {
            var language = await db.Set<Agent>().Where(a => a.Id == subscription.AgentId).Select(a => a.Language).SingleAsync(ct);
            var one = JsonSerializer.Serialize(new { title = phrases.In(language, "push.several", deliveries.Count), body = "", url = "/", tag = "several" }, JsonSerializerOptions.Web);
            var (outcome, after) = await SendAsync(subscription, one, deliveries.Exists(d => d.Urgent), ct);
            await SettleAsync(subscription, deliveries, outcome, after, ct);
            return;
        }

        foreach (var delivery in deliveries)
        {
            var (outcome, after) = await SendAsync(subscription, delivery.Payload, delivery.Urgent, ct);
            await SettleAsync(subscription, [delivery], outcome, after, ct);
            if (outcome == Outcome.Gone)
            {
                return;
            }
        }
    }

    private async Task<(Outcome Outcome, TimeSpan? After)> SendAsync(PushSubscription subscription, string payload, bool urgent, CancellationToken ct)
    {
        try
        {
            var endpoint = new Uri(subscription.Endpoint);
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
            request.Content = new ByteArrayContent(PushEncryption.Encrypt(Encoding.UTF8.GetBytes(payload), subscription.Key, subscription.Secret));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
            request.Headers.TryAddWithoutValidation("Authorization", await keys.AuthorizationAsync(endpoint, await ContactAsync(ct), clock.GetUtcNow(), ct));
            request.Headers.TryAddWithoutValidation("TTL", ((int)Patience.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("Urgency", urgent ? "high" : "normal");
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var outcome = answer.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => Outcome.Arrived,
                HttpStatusCode.NotFound or HttpStatusCode.Gone => Outcome.Gone,
                HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Outcome.Later,
                _ => Outcome.Refused,
            };
            if (outcome != Outcome.Arrived)
            {
                LogAnswer(log, subscription.Id, (int)answer.StatusCode);
            }

            return (outcome, answer.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogUnreachable(log, subscription.Id, e.Message);
            return (Outcome.Later, null);
        }
        catch (CryptographicException e)
        {
            // A key that is no point of the curve: nothing can ever be sent there.
            LogUnreachable(log, subscription.Id, e.Message);
            return (Outcome.Gone, null);
        }
    }

    private async Task SettleAsync(PushSubscription subscription, List<PushDelivery> deliveries, Outcome outcome, TimeSpan? after, CancellationToken ct) => await writer.RunAsync<Done>(async db =>
    {
        var (ids, now) = (deliveries.Select(d => d.Id).ToList(), clock.GetUtcNow());
        var rows = db.Set<PushDelivery>().Where(d => ids.Contains(d.Id));
        switch (outcome)
        {
            case Outcome.Gone:
                await db.Set<PushDelivery>().Where(d => d.SubscriptionId == subscription.Id).ExecuteDeleteAsync(ct);
                await db.Set<PushSubscription>().Where(s => s.Id == subscription.Id).ExecuteDeleteAsync(ct);
                break;
            case Outcome.Later when now - deliveries[0].CreatedAt < Patience:
                var rest = TimeSpan.FromSeconds(Pauses[Math.Min(deliveries[0].Attempts, Pauses.Length - 1)]);
                var next = now + (after > rest && after < Patience ? after.Value : rest);
                await rows.ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, next).SetProperty(d => d.Attempts, d => d.Attempts + 1), ct);
                break;
            default:
                await rows.ExecuteDeleteAsync(ct);
                if (outcome == Outcome.Arrived)
                {
                    await db.Set<PushSubscription>().Where(s => s.Id == subscription.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.UsedAt, now), ct);
                }

                break;
        }

        return Done.It;
    }, ct);

    // Another node leaves them alone meanwhile; if this one dies they come up again.
    private async Task<bool> ClaimAsync(List<PushDelivery> deliveries, DateTimeOffset now, CancellationToken ct)
    {
        var ids = deliveries.Select(d => d.Id).ToList();
        var until = now + Claim;
        return (await writer.RunAsync<int>(async db => await db.Set<PushDelivery>().Where(d => ids.Contains(d.Id) && d.DueAt <= now).ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, until), ct), ct)).Value == ids.Count;
    }

    private async Task<string> ContactAsync(CancellationToken ct)
    {
        var url = (await settings.ReadAsync<BusinessSettings>(ct)).PublicUrl;
        if (url.StartsWith("https://", StringComparison.Ordinal))
        {
            return url;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return "mailto:" + (await db.Set<Agent>().Where(a => a.Active && a.Role == Role.Owner && a.Email != null).OrderBy(a => a.CreatedAt).Select(a => a.Email).FirstOrDefaultAsync(ct) ?? "desk@localhost");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The push service of subscription {Subscription} answered {Status}")]
    private static partial void LogAnswer(ILogger logger, Guid subscription, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The push service of subscription {Subscription} cannot be reached: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, Guid subscription, string reason);
}
