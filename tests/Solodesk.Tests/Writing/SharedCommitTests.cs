using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Search;
using Solodesk.Tickets;

namespace Solodesk.Tests.Writing;

/// <summary>Writes that come at once share a commit where the database has one writer; nobody may notice but by the time it takes.</summary>
public sealed class SharedCommitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private enum Way { Opens, OpensSlowly, Refuses, Throws, BreaksAnIndex, IsCalledOff, BreaksAnIndexAfterSaving }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Whoever_fails_fails_alone(int seed)
    {
        await using var desk = new DeskApp();
        var random = new Random(seed);
        var ways = Enumerable.Range(0, 60).Select(_ => (Way)random.Next(7)).ToList();
        var told = new ConcurrentQueue<LiveChange>();
        var early = new ConcurrentQueue<long>();
        var expectedEvents = 2 * ways.Count(w => w is Way.Opens or Way.OpensSlowly);
        var allTold = new TaskCompletionSource();
        desk.Get<LiveFeed>().Changed += changes =>
        {
            foreach (var change in changes)
            {
                told.Enqueue(change);
                if (!IsWritten(desk, change.TicketId))
                {
                    early.Enqueue(change.Number);
                }
            }

            if (told.Count >= expectedEvents)
            {
                allTold.TrySetResult();
            }
        };

        var outcomes = await Task.WhenAll(ways.Select((way, i) => TryAsync(desk, way, i)));
        await allTold.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);

        var subjects = await desk.ReadAsync(db => db.Set<Ticket>().OrderBy(t => t.Number).Select(t => t.Subject).ToListAsync(Ct));
        var numbers = await desk.ReadAsync(db => db.Set<Ticket>().OrderBy(t => t.Number).Select(t => t.Number).ToListAsync(Ct));
        var events = await desk.ReadAsync(db => db.Set<TicketEvent>().OrderBy(e => e.Id).Select(e => e.TicketId).ToListAsync(Ct));
        var expected = ways.Index().Where(w => w.Item is Way.Opens or Way.OpensSlowly).Select(w => w.Index.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);
        Assert.Equal(ways.Select(Expected), outcomes);
        Assert.Equal(expected, subjects.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(10001, subjects.Count).Select(n => (long)n), numbers);
        Assert.Equal(events.Order(), told.Select(t => t.TicketId).Order());
        Assert.Empty(early);
        // What failed left nothing in the full-text index either.
        Assert.Equal(subjects.Count, (await desk.ReadAsync(db => desk.Get<ISearchIndex>().FindAsync(db, "shared", 100, Ct))).Count);
    }

    [Fact]
    public async Task Nobody_waits_for_the_commit_of_who_came_later()
    {
        await using var desk = new DeskApp();
        var writer = desk.Get<DeskWriter>();
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());

        var first = writer.RunAsync<Done>(async _ =>
        {
            begun.SetResult();
            await goOn.Task;
            return Done.It;
        }, Ct);
        await begun.Task.WaitAsync(Ct);
        var second = writer.RunAsync<Done>(async _ =>
        {
            await first.WaitAsync(TimeSpan.FromSeconds(10), Ct);
            return Done.It;
        }, Ct);
        goOn.SetResult();

        Assert.True((await second).Ok);
    }

    [Fact]
    public async Task The_caller_s_language_goes_with_its_work()
    {
        await using var desk = new DeskApp();
        var writer = desk.Get<DeskWriter>();
        var languages = new[] { "en", "zh-Hans", "de", "fr" };

        var seen = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(languages[i % 4]);
            var result = await writer.RunAsync<string>(async db =>
            {
                await db.Set<Ticket>().AnyAsync(Ct);
                return CultureInfo.CurrentUICulture.Name;
            }, Ct);
            return (Asked: languages[i % 4], result.Value);
        }, Ct)));

        Assert.All(seen, s => Assert.Equal(s.Asked, s.Value));
    }

    [Fact]
    public async Task A_transaction_that_breaks_is_run_again_by_each_alone()
    {
        await using var desk = new DeskApp();
        var before = Enumerable.Range(0, 5).Select(i => TryAsync(desk, Way.OpensSlowly, i)).ToList();

        // Ends the transaction under everybody's feet, as a full disk does.
        var breaker = desk.Get<DeskWriter>().RunAsync<Done>(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("ROLLBACK", Ct);
            throw new InvalidOperationException("broken");
        }, Ct);
        var after = Enumerable.Range(5, 5).Select(i => TryAsync(desk, Way.Opens, i)).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => breaker);
        Assert.All(await Task.WhenAll(before.Concat(after)), o => Assert.Equal("ok", o));
        Assert.Equal(10, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    private static string Expected(Way way) => way switch
    {
        Way.Opens or Way.OpensSlowly => "ok",
        Way.Refuses => "no",
        Way.Throws => "broken",
        Way.IsCalledOff => "off",
        Way.BreaksAnIndex or Way.BreaksAnIndexAfterSaving => "twice",
    };

    private static async Task<string> TryAsync(DeskApp desk, Way way, int i)
    {
        using var off = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        try
        {
            var result = await desk.Get<DeskWriter>().RunAsync(db => WriteAsync(desk, db, way, i, off), off.Token);
            return result.Ok ? "ok" : result.Problem.Code;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "off";
        }
        catch (DbUpdateException e) when (desk.Get<IDatabase>().IsDuplicate(e))
        {
            return "twice";
        }
    }

    private static async Task<Result<long>> WriteAsync(DeskApp desk, DeskDb db, Way way, int i, CancellationTokenSource off)
    {
        var customer = (await desk.Get<FindCustomer>().ByEmailAsync(db, $"c{i}@example.com", null, null, off.Token))!;
        var ticket = await desk.Get<Conversation>().OpenAsync(db, desk.Founder, new NewTicket(i.ToString(CultureInfo.InvariantCulture), customer.Id, "api"), off.Token);
        await desk.Get<Conversation>().NoteAsync(db, ticket, desk.Founder, new NewMessage(MessageKind.Note, "a shared commit") { Channel = "desk" }, off.Token);
        switch (way)
        {
            case Way.OpensSlowly:
                await Task.Yield();
                break;
            case Way.Refuses:
                return new Problem("no");
            case Way.Throws:
                throw new InvalidOperationException("broken");
            case Way.IsCalledOff:
                await off.CancelAsync();
                break;
            case Way.BreaksAnIndexAfterSaving:
                await db.SaveChangesAsync(off.Token);
                db.Add(new Counter { Name = "ticket" });
                break;
            case Way.BreaksAnIndex:
                db.Add(new Counter { Name = "ticket" });
                break;
            case Way.Opens:
                break;
        }

        return ticket.Number;
    }

    // On a connection of its own, which sees only what is committed.
    private static bool IsWritten(DeskApp desk, Guid ticket)
    {
        using var db = desk.Get<IDbContextFactory<DeskDb>>().CreateDbContext();
        return db.Set<Ticket>().Any(t => t.Id == ticket);
    }
}
