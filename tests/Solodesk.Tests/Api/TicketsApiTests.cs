using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Tests.Api;

public sealed class TicketsApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_opens_a_ticket_and_reads_it_back_by_number_and_by_id()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);

        var response = await client.PostAsync("/api/v1/tickets", new
        {
            subject = "发票",
            body = "请开发票",
            customer = new { email = "Lin@Example.com", name = "林晓棠" },
            priority = "high",
            type = "task",
            tags = new[] { "billing" },
            custom = new { device = "iPad" },
        });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var ticket = (await response.JsonAsync()).GetProperty("ticket");
        Assert.Equal($"/api/v1/tickets/{ticket.Text("id")}", response.Headers.Location?.ToString());
        var byNumber = await client.GetJsonAsync($"/api/v1/tickets/{ticket.Text("number")}");
        var byId = await client.GetJsonAsync($"/api/v1/tickets/{ticket.Text("id")}");
        Assert.Equal(byId.ToString(), byNumber.ToString());
        Assert.Equal("发票", byId.Text("subject"));
        Assert.Equal("new", byId.Text("status"));
        Assert.Equal("high", byId.Text("priority"));
        Assert.Equal("api", byId.Text("channel"));
        Assert.Equal("billing", byId.GetProperty("tags")[0].GetString());
        Assert.Equal("iPad", byId.GetProperty("custom").Text("device"));
        Assert.Equal("Lin@Example.com", byId.GetProperty("customer").Text("email"));
        Assert.Equal("2026-01-05T01:00:00+00:00", byId.Text("createdAt"));
        Assert.StartsWith("/track/", byId.Text("trackingPath"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        var empty = await client.PostAsync("/api/v1/tickets", new { body = " ", customer = new { email = "a@example.com" } });
        var nobody = await client.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "not an address" } });
        var broken = await client.PostAsync("/api/v1/tickets", "{\"body\": ");
        var wrong = await client.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" }, priority = "burning" });

        Assert.Equal("message.empty", await empty.ProblemAsync(422));
        Assert.Equal("body", (await empty.JsonAsync()).Text("field"));
        Assert.Equal("customer.email_invalid", await nobody.ProblemAsync(422));
        Assert.Equal("request.json", await broken.ProblemAsync(400));
        Assert.Equal("request.json", await wrong.ProblemAsync(400));
        Assert.Equal("priority", (await wrong.JsonAsync()).Text("field"));
    }

    [Fact]
    public async Task Lists_are_paged_by_key_and_show_every_ticket_once()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        for (var i = 0; i < 7; i++)
        {
            await client.OpenAsync($"Ticket {i}", $"c{i}@example.com");
            desk.Clock.Advance(TimeSpan.FromMinutes(i % 2));
        }

        foreach (var address in (string[])["/api/v1/tickets?limit=3", "/api/v1/tickets?view=mine&limit=3", "/api/v1/tickets?sort=number&limit=3"])
        {
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = await client.GetJsonAsync(cursor is null ? address : $"{address}&cursor={cursor}");
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("number").GetInt64()));
                cursor = page.GetProperty("next").GetString();
            }
            while (cursor is not null);

            Assert.Equal(7, seen.Count);
            Assert.Equal(7, seen.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync("1");
        await client.OpenAsync("2");
        var next = (await client.GetJsonAsync("/api/v1/tickets?sort=number&limit=1")).Text("next");

        Assert.Equal("cursor.invalid", await (await client.GetAsync($"/api/v1/tickets?view=mine&cursor={next}", Ct)).ProblemAsync(422));
        Assert.Equal("cursor.invalid", await (await client.GetAsync("/api/v1/tickets?cursor=%7Bx", Ct)).ProblemAsync(422));
    }

    [Fact]
    public async Task Lists_are_narrowed_by_fields()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var first = await client.OpenAsync("first", "a@example.com");
        var second = await client.OpenAsync("second", "b@example.com");
        await client.PatchAsync($"/api/v1/tickets/{second.Text("number")}", new { priority = "urgent", tags = new[] { "sync", "vip" }, status = "onHold" });

        Assert.Equal(["first"], await SubjectsAsync(client, "?view=mine"));
        Assert.Equal(["second"], await SubjectsAsync(client, "?view=held"));
        Assert.Equal(["second"], await SubjectsAsync(client, "?priority=urgent"));
        Assert.Equal(["second"], await SubjectsAsync(client, "?tag=vip"));
        Assert.Equal(["second", "first"], await SubjectsAsync(client, "?status=new,onHold&sort=number"));
        Assert.Equal(["first"], await SubjectsAsync(client, "?email=A@EXAMPLE.com"));
        Assert.Equal(["first"], await SubjectsAsync(client, $"?customerId={first.GetProperty("customer").Text("id")}"));
        Assert.Equal("request.word_unknown", await (await client.GetAsync("/api/v1/tickets?status=burning", Ct)).ProblemAsync(422));
        Assert.Equal("view.not_found", await (await client.GetAsync("/api/v1/tickets?view=nowhere", Ct)).ProblemAsync(404));
    }

    [Fact]
    public async Task Words_find_tickets_in_both_languages()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync("退款什么时候到账");
        await client.OpenAsync("Invoice for March");

        Assert.Equal(["退款什么时候到账"], await SubjectsAsync(client, "?q=退款"));
        Assert.Equal(["Invoice for March"], await SubjectsAsync(client, "?q=invoices"));
        Assert.Empty(await SubjectsAsync(client, "?q=nothing"));
    }

    [Fact]
    public async Task Absent_members_stay_and_null_clears()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var number = (await client.OpenAsync()).Text("number");
        var until = desk.Clock.GetUtcNow().AddDays(1);
        await client.PatchAsync($"/api/v1/tickets/{number}", new { snoozedUntil = until, tags = new[] { "a" } });

        var slept = await client.GetJsonAsync($"/api/v1/tickets/{number}");
        var response = await client.PatchAsync($"/api/v1/tickets/{number}", new { snoozedUntil = (string?)null, subject = "New subject" });

        Assert.Equal(until, slept.GetProperty("snoozedUntil").GetDateTimeOffset());
        Assert.Equal("snoozed", slept.Text("queue"));
        var woken = await response.JsonAsync();
        Assert.Equal(JsonValueKind.Null, woken.GetProperty("snoozedUntil").ValueKind);
        Assert.Equal("New subject", woken.Text("subject"));
        Assert.Equal("a", woken.GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task A_change_decided_on_an_old_version_is_refused()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var number = (await client.OpenAsync()).Text("number");
        var tag = (await client.GetAsync($"/api/v1/tickets/{number}", Ct)).Headers.ETag!.Tag;

        var first = await client.PatchAsync($"/api/v1/tickets/{number}", new { priority = "low" }, ("If-Match", tag));
        var second = await client.PatchAsync($"/api/v1/tickets/{number}", new { priority = "high" }, ("If-Match", tag));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(tag, first.Headers.ETag!.Tag);
        Assert.Equal("ticket.changed", await second.ProblemAsync(412));
    }

    [Fact]
    public async Task Replies_and_notes_are_said_in_the_name_of_the_token()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);
        var number = (await client.OpenAsync()).Text("number");

        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var reply = await client.PostAsync($"/api/v1/tickets/{number}/replies", new { body = "They are **back**", status = "solved" });
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var note = await client.PostAsync($"/api/v1/tickets/{number}/notes", new { body = "Restored from r1189" });

        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        Assert.Equal(HttpStatusCode.Created, note.StatusCode);
        var messages = (await client.GetJsonAsync($"/api/v1/tickets/{number}/messages")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["inbound", "reply", "note"], messages.Select(m => m.Text("kind")));
        Assert.Equal(["customer", "token", "token"], messages.Select(m => m.Text("authorKind")));
        Assert.Equal("solved", (await client.GetJsonAsync($"/api/v1/tickets/{number}")).Text("status"));
        Assert.Equal("message.empty", await (await client.PostAsync($"/api/v1/tickets/{number}/replies", new { body = " " })).ProblemAsync(422));
        Assert.Equal("ticket.not_found", await (await client.PostAsync("/api/v1/tickets/1/replies", new { body = "x" })).ProblemAsync(404));
    }

    [Fact]
    public async Task Messages_and_events_are_paged()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var number = (await client.OpenAsync()).Text("number");
        for (var i = 0; i < 4; i++)
        {
            await client.PostAsync($"/api/v1/tickets/{number}/notes", new { body = $"note {i}" });
        }

        foreach (var part in (string[])["messages", "events"])
        {
            var all = (await client.GetJsonAsync($"/api/v1/tickets/{number}/{part}")).GetProperty("items").EnumerateArray().Select(i => i.Text("id")).ToList();
            var first = await client.GetJsonAsync($"/api/v1/tickets/{number}/{part}?limit=2");
            var second = await client.GetJsonAsync($"/api/v1/tickets/{number}/{part}?limit=100&cursor={first.Text("next")}");
            Assert.True(all.Count >= 5);
            Assert.Equal(all, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.Text("id")));
        }
    }

    [Fact]
    public async Task What_happened_on_the_whole_desk_is_read_after_an_event()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync("first");
        var last = (await client.GetJsonAsync("/api/v1/events")).GetProperty("items").EnumerateArray().Last().Text("id");
        await client.OpenAsync("second");

        var news = (await client.GetJsonAsync($"/api/v1/events?after={last}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["opened", "received"], news.Select(e => e.Text("kind")));
        Assert.All(news, e => Assert.Equal("10002", e.Text("ticketNumber")));
    }

    [Fact]
    public async Task A_change_by_a_program_stands_in_the_history_with_its_name()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var number = (await client.OpenAsync()).Text("number");

        await client.PatchAsync($"/api/v1/tickets/{number}", new { type = "complaint" });

        var change = await desk.ReadAsync(db => db.Set<TicketEvent>().SingleAsync(e => e.Kind == TicketEventKind.TypeChanged, Ct));
        Assert.Equal(ActorKind.Token, change.ActorKind);
        Assert.Equal("test", change.ActorName);
        Assert.Equal(("Question", "Complaint"), (change.From, change.To));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_says_so_as_a_problem()
    {
        await using var desk = new DeskApp();

        Assert.Equal("request.not_found", await (await desk.Visitor().GetAsync("/api/v1/nothing", Ct)).ProblemAsync(404));
    }

    private static async Task<List<string>> SubjectsAsync(HttpClient client, string query)
        => [.. (await client.GetJsonAsync($"/api/v1/tickets{query}")).GetProperty("items").EnumerateArray().Select(t => t.Text("subject"))];
}
