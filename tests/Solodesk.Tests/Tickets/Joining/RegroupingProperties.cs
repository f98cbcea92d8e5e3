using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Search;
using Solodesk.Tickets;
using Solodesk.Tickets.Joining;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Joining;

/// <summary>Random merges, splits and their undoing: no message is ever lost or doubled, and undoing all of it gives back what was.</summary>
public sealed class RegroupingProperties
{
    private const int Steps = 30;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Whatever_is_merged_and_split_every_message_is_there_once_and_undo_restores_the_exact_state(int seed)
    {
        await using var desk = new DeskApp();
        var random = new Random(seed);
        await FillAsync(desk, random);
        var messages = await AllMessagesAsync(desk);
        var states = new List<(string State, Guid Undo)>();

        for (var step = 0; step < Steps; step++)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            if (random.Next(4) == 0 && states.Count > 0)
            {
                await UndoLastAsync(desk, states);
            }
            else
            {
                var before = await StateAsync(desk);
                if (await RegroupAsync(desk, random) is { } undo)
                {
                    states.Add((before, undo));
                }
            }

            Assert.Equal(messages, await AllMessagesAsync(desk));
            await CountsAgreeAsync(desk);
        }

        while (states.Count > 0)
        {
            await UndoLastAsync(desk, states);
        }

        Assert.Equal(messages, await AllMessagesAsync(desk));
    }

    private static async Task UndoLastAsync(DeskApp desk, List<(string State, Guid Undo)> states)
    {
        var (state, undo) = states[^1];
        states.RemoveAt(states.Count - 1);
        var undone = await desk.Get<UndoRegrouping>().RunAsync(desk.Founder, undo, Ct);
        Assert.True(undone.Ok, undone.Ok ? "" : undone.Problem.Code);
        Assert.Equal(state, await StateAsync(desk));
    }

    private static async Task<Guid?> RegroupAsync(DeskApp desk, Random random)
    {
        var tickets = await desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().Where(t => t.MergedIntoId == null).OrderBy(t => t.Number).ToListAsync(Ct));
        var one = tickets[random.Next(tickets.Count)];
        if (random.Next(2) == 0)
        {
            var others = tickets.Where(t => t.CustomerId == one.CustomerId && t.Id != one.Id).ToList();
            if (others.Count == 0)
            {
                return null;
            }

            var merged = await desk.Get<MergeTickets>().RunAsync(desk.Founder, new(one.Id, [others[random.Next(others.Count)].Id]), Ct);
            Assert.True(merged.Ok, merged.Ok ? "" : merged.Problem.Code);
            return merged.Value.Single();
        }

        var said = await desk.ReadAsync(db => db.Set<Message>().Where(m => m.TicketId == one.Id).OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct));
        var split = said.Count < 2 ? null : await desk.Get<SplitMessage>().RunAsync(desk.Founder, new(said[random.Next(said.Count)]), Ct);
        return split is { Ok: true } ? split.Value.Undo : null;
    }

    private static async Task FillAsync(DeskApp desk, Random random)
    {
        for (var i = 0; i < 7; i++)
        {
            var opened = await ReplyToTicketTests.OpenAsync(desk, $"第 {i} 件事", i % 3 == 0 ? "a@example.com" : "b@example.com");
            for (var j = random.Next(4); j > 0; j--)
            {
                desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 90)));
                await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, $"说 {i}.{j}", Internal: random.Next(2) == 0)
                {
                    Status = (TicketStatus)random.Next(1, 6),
                    AttachmentIds = random.Next(3) == 0 ? [await UploadAsync(desk)] : [],
                }, Ct);
            }

            await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Tags = [$"t{i % 3}", $"u{i}"], Priority = (TicketPriority)random.Next(4) }, Ct);
            if (random.Next(3) == 0)
            {
                await desk.Get<SaveDraft>().RunAsync(desk.Founder, new(opened.Id, $"草稿 {i}"), Ct);
            }

            if (random.Next(3) == 0)
            {
                await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(opened.Id, $"以后 {i}", Internal: false)) { SendAt = desk.Clock.GetUtcNow().AddDays(40) }, Ct);
            }
        }
    }

    private static async Task<Guid> UploadAsync(DeskApp desk)
    {
        using var bytes = new MemoryStream("x"u8.ToArray());
        return (await desk.Get<KeepUpload>().RunAsync(desk.Founder, "x.txt", "text/plain", bytes, Ct)).Value.Id;
    }

    private static Task<List<Guid>> AllMessagesAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<Message>().OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct));

    /// <summary>Every ticket that is not merged away, with what it holds; what only counts changes (version, when) is left out.</summary>
    private static Task<string> StateAsync(DeskApp desk) => desk.ReadAsync(async db =>
    {
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => t.MergedIntoId == null).OrderBy(t => t.Number).ToListAsync(Ct);
        var messages = (await db.Set<Message>().Select(m => new { m.Id, m.TicketId }).ToListAsync(Ct)).OrderBy(m => m.Id).ToLookup(m => m.TicketId, m => m.Id);
        var found = (await db.Set<SearchEntry>().Where(e => e.MessageId != null).Select(e => new { e.MessageId, e.TicketId }).ToListAsync(Ct)).OrderBy(e => e.MessageId).ToLookup(e => e.TicketId, e => e.MessageId);
        var held = (await db.Set<HeldReply>().Select(h => new { h.Id, h.TicketId }).ToListAsync(Ct)).OrderBy(h => h.Id).ToLookup(h => h.TicketId, h => h.Id);
        var drafts = (await db.Set<Draft>().Select(d => new { d.Id, d.TicketId }).ToListAsync(Ct)).OrderBy(d => d.Id).ToLookup(d => d.TicketId, d => d.Id);
        var links = await db.Set<TicketLink>().CountAsync(Ct);
        var customers = await db.Set<Solodesk.Customers.Customer>().OrderBy(c => c.Id).Select(c => c.TicketCount).ToListAsync(Ct);
        return JsonSerializer.Serialize(new
        {
            links,
            customers,
            tickets = tickets.Select(t => new { t.Number, State = t.Keep(), Messages = messages[t.Id], Found = found[t.Id], Held = held[t.Id], Drafts = drafts[t.Id] }),
        });
    });

    private static async Task CountsAgreeAsync(DeskApp desk)
    {
        var tickets = await desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().ToListAsync(Ct));
        foreach (var ticket in tickets)
        {
            var said = await desk.ReadAsync(db => db.Set<Message>().AsNoTracking().Include(m => m.Attachments).Where(m => m.TicketId == ticket.Id).ToListAsync(Ct));
            Assert.Equal((said.Count, said.Count(m => m.Kind == MessageKind.Inbound), said.Sum(m => m.Attachments.Count)), (ticket.MessageCount, ticket.InboundCount, ticket.AttachmentCount));
        }
    }
}
