using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Tests.Api;

/// <summary>Who asks for something and goes on at once gets it all the same.</summary>
public sealed class WholeWritesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_was_asked_for_is_done_after_its_caller_has_left(bool byForm)
    {
        await using var desk = new DeskApp();
        var program = await desk.ProgramAsync();
        var number = (await (await program.PostAsync("/api/v1/tickets", new { subject = "One", body = "Help", customer = new { email = "a@example.com" } })).JsonAsync()).GetProperty("ticket").GetProperty("number").GetInt64();
        using var client = desk.Desk();
        var page = new FormBrowser(client);
        await page.OpenAsync($"/inbox/all/{number}");

        // The writer is busy until the caller has left.
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = desk.Get<DeskWriter>().RunAsync<Done>(async db =>
        {
            await db.Set<Ticket>().Where(t => t.Number == number).ExecuteUpdateAsync(s => s.SetProperty(t => t.UpdatedAt, t => t.UpdatedAt), Ct);
            held.SetResult();
            await left.Task;
            return Done.It;
        }, Ct);
        await held.Task.WaitAsync(Ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asked = byForm
            ? page.PostAsync($"/inbox/{number}/change", patience.Token, ("status", "Solved"), ("back", "/"))
            : program.PatchAsync(new Uri($"/api/v1/tickets/{number}", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { status = "solved" }), patience.Token);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        await patience.CancelAsync();
        left.SetResult();
        await busy;
        await asked.ContinueWith(_ => { }, TaskScheduler.Default);

        for (var i = 0; i < 100 && await StatusAsync(desk, number) != TicketStatus.Solved; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }

        Assert.Equal(TicketStatus.Solved, await StatusAsync(desk, number));
    }

    private static Task<TicketStatus> StatusAsync(DeskApp desk, long number) => desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Number == number).Select(t => t.Status).SingleAsync(Ct));
}
