using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Notifications.Push;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Notifications;

/// <summary>
/// Reads the history from where it stopped and turns what agents want to be told about into deliveries to their browsers. The place where it
/// stopped moves in the same transaction, so that nothing is told twice or left out.
/// </summary>
internal sealed class CollectNotices(DeskWriter writer, IDbContextFactory<DeskDb> dbs, ReadNews news, Settings settings, Phrases phrases, TimeProvider clock) : IPeriodicJob
{
    /// <summary>The counter that holds the last event that was looked at; −1 before the first look.</summary>
    public const string Cursor = "notices";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var cursor = await db.Set<Counter>().Where(c => c.Name == Cursor).Select(c => c.Value).SingleAsync(ct);
        var last = await db.Set<TicketEvent>().MaxAsync(e => (long?)e.Id, ct) ?? 0;
        var readers = await ReadersAsync(db, ct);
        var first = cursor < 0;
        if (first || readers.Count == 0)
        {
            await MoveAsync(cursor, last, ct);
            return;
        }

        var (happened, upTo) = await news.SinceAsync(db, cursor, ct);
        var items = happened.Concat(await news.DueAsync(db, ct)).ToList();
        if (items.Count == 0)
        {
            await MoveAsync(cursor, upTo, ct);
            return;
        }

        var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
        await writer.RunAsync<Done>(async write =>
        {
            // Another node may have been here.
            if (await write.Set<Counter>().Where(c => c.Name == Cursor && c.Value == cursor).ExecuteUpdateAsync(s => s.SetProperty(c => c.Value, Math.Max(cursor, upTo)), ct) != 1)
            {
                return Done.It;
            }

            var keys = items.Select(i => i.Key).ToList();
            var given = await write.Set<Notice>().Where(n => keys.Contains(n.Key)).Select(n => new { n.AgentId, n.Key }).ToListAsync(ct);
            foreach (var reader in readers)
            {
                foreach (var item in items.Where(i => reader.Choices.Wants(i.Kind) && (i.For is null || i.For == reader.Agent.Id) && !given.Exists(g => g.AgentId == reader.Agent.Id && g.Key == i.Key)))
                {
                    Give(write, reader, item, zone);
                }
            }

            var old = clock.GetUtcNow() - Kept;
            await write.Set<Notice>().Where(n => n.At < old).ExecuteDeleteAsync(ct);
            return Done.It;
        }, ct);
    }

    private sealed record Reader(Agent Agent, NoticeChoices Choices, IReadOnlyList<Guid> Subscriptions);

    private static async Task<List<Reader>> ReadersAsync(DeskDb db, CancellationToken ct)
    {
        var browsers = await db.Set<PushSubscription>().AsNoTracking().Select(s => new { s.AgentId, s.Id }).ToListAsync(ct);
        if (browsers.Count == 0)
        {
            return [];
        }

        var ids = browsers.Select(b => b.AgentId).Distinct().ToList();
        var agents = await db.Set<Agent>().AsNoTracking().Where(a => a.Active && ids.Contains(a.Id)).ToListAsync(ct);
        var choices = await db.Set<NoticeChoices>().AsNoTracking().Where(c => ids.Contains(c.AgentId)).ToDictionaryAsync(c => c.AgentId, ct);
        return [.. agents.Select(a => new Reader(a, choices.GetValueOrDefault(a.Id) ?? new NoticeChoices { AgentId = a.Id }, [.. browsers.Where(b => b.AgentId == a.Id).Select(b => b.Id)]))];
    }

    private void Give(DeskDb db, Reader reader, ReadNews.Item item, TimeZoneInfo zone)
    {
        var now = clock.GetUtcNow();
        var own = reader.Agent.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : zone;
        var due = reader.Choices.ShownAt(now, own);
        db.Add(new Notice { AgentId = reader.Agent.Id, Key = item.Key, At = now });
        var language = reader.Agent.Language;
        var payload = JsonSerializer.Serialize(new
        {
            title = phrases.In(language, $"push.{item.Kind}", item.Who, item.At is { } at ? TimeZoneInfo.ConvertTime(at, own).ToString("HH:mm", CultureInfo.InvariantCulture) : ""),
            body = Conversation.Shorten(item.Text, 160),
            url = item.Url,
            tag = item.Tag,
        }, Json);
        foreach (var subscription in reader.Subscriptions)
        {
            db.Add(new PushDelivery { Id = Ids.New(clock), SubscriptionId = subscription, Payload = payload, Urgent = item.Kind is NoticeKind.ChatWaiting or NoticeKind.PromiseSoon, CreatedAt = now, DueAt = due });
        }
    }

    private async Task MoveAsync(long from, long to, CancellationToken ct)
    {
        if (from != to)
        {
            await writer.RunAsync<int>(async db => await db.Set<Counter>().Where(c => c.Name == Cursor && c.Value == from).ExecuteUpdateAsync(s => s.SetProperty(c => c.Value, to), ct), ct);
        }
    }
}
