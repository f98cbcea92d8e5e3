using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Tests.Api;

public sealed class IdempotencyTests
{
    private static readonly object Body = new { subject = "Once", body = "Only once", customer = new { email = "a@example.com" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_key_and_request_act_once_and_answer_alike()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        var first = await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));
        var second = await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.NotNull(first.Headers.Location);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));

        var other = await client.PostAsync("/api/v1/tickets", new { body = "Something else", customer = new { email = "a@example.com" } }, ("Idempotency-Key", "k1"));

        Assert.Equal("idempotency.mismatch", await other.ProblemAsync(422));
    }

    [Fact]
    public async Task Calls_at_the_same_moment_act_once()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"))));

        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var empty = new { body = "", customer = new { email = "a@example.com" } };

        await client.PostAsync("/api/v1/tickets", empty, ("Idempotency-Key", "k1"));
        var again = await client.PostAsync("/api/v1/tickets", empty, ("Idempotency-Key", "k1"));

        Assert.Equal("message.empty", await again.ProblemAsync(422));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Two_callers_may_choose_the_same_key()
    {
        await using var desk = new DeskApp();
        var one = await desk.ProgramAsync();
        var two = await desk.ProgramAsync();

        await one.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));
        await two.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));

        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_call_that_was_cut_off_is_not_repeated_blindly()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));
        await desk.ReadAsync(db => db.Set<IdempotentCall>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, 0), Ct));

        var soon = await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        var late = await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", "k1"));

        Assert.Equal("idempotency.running", await soon.ProblemAsync(409));
        Assert.Equal("idempotency.unfinished", await late.ProblemAsync(409));
    }

    [Fact]
    public async Task A_key_has_a_length()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        Assert.Equal("idempotency.key_invalid", await (await client.PostAsync("/api/v1/tickets", Body, ("Idempotency-Key", new string('k', 201)))).ProblemAsync(422));
    }
}
