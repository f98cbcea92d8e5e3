using System.Net;
using System.Text.Json;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Crash;

/// <summary>
/// The server is killed fifty times (SIGKILL) at moments drawn from a seed, while mail arrives and answers go out. Nothing may be lost and
/// nothing filed twice. An answer may reach its customer twice only when the kill fell between the mail server's yes and our note of it.
/// </summary>
public sealed class CrashTests(Theatre theatre, ITestOutputHelper output)
{
    private const int MailsForEachKill = 10;
    private const int RepliesForEachKill = 2;
    private const int Seed = 20261121;

    /// <summary>Every fifth kill falls while the server starts, the others while it works.</summary>
    private const int EveryStart = 5;

    /// <summary>Fifty; fewer only while somebody works on the test itself.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("SOLODESK_KILLS"), out var asked) ? asked : 50;

    private static readonly int Mails = Kills * MailsForEachKill;
    private static readonly int Replies = Kills * RepliesForEachKill;
    private static readonly TimeSpan LongestStartup = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How many kills there were: mail and answers keep step with them, so that every life of the server has something to do.</summary>
    private int _killed;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static TimeProvider Clock => TimeProvider.System;

    [Fact]
    public async Task Fifty_kills_lose_no_mail_and_no_answer_and_file_nothing_twice()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        await page.CloseAsync();
        var program = founder.Program;
        program.Timeout = TimeSpan.FromSeconds(10);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var arriving = ArriveAsync(founder.Post, done.Token);
        var answering = AnswerAsync(program, done.Token);
        var kills = await KillAsync(founder.Desk, program, founder.Post, () => arriving.IsFaulted || answering.IsFaulted);

        await founder.Desk.StartAsync(Ct);
        await arriving;
        await answering;
        await CalmAsync(program, founder.Post);
        await FiledOnceAsync(program);
        await DeliveredAsync(program, founder.Post, kills);
    }

    /// <summary>Starts and kills; gives back the moments of the kills.</summary>
    private async Task<List<DateTimeOffset>> KillAsync(DeskServer desk, HttpClient program, PostOffice post, Func<bool> broken)
    {
        var random = new Random(Seed);
        var kills = new List<DateTimeOffset>();
        var starting = 0;
        while (kills.Count < Kills && !broken())
        {
            if (kills.Count > 0)
            {
                desk.Begin();
            }

            if (kills.Count % EveryStart == EveryStart - 1)
            {
                starting++;
                await Task.Delay(random.NextDouble() * LongestStartup, Clock, Ct);
            }
            else
            {
                await desk.ReadyAsync(Ct);
                await AtWorkAsync(program, post);
                await Task.Delay(random.NextDouble() * LongestWork, Clock, Ct);
            }

            await desk.KillAsync();
            kills.Add(Clock.GetUtcNow());
            Volatile.Write(ref _killed, kills.Count);
        }

        output.WriteLine($"{kills.Count} kills (seed {Seed}), {starting} of them at most {LongestStartup.TotalMilliseconds:0} ms after a start, the others at most {LongestWork.TotalMilliseconds:0} ms after it had begun to work");
        return kills;
    }

    /// <summary>Waits until the desk has filed or sent something in this life of it.</summary>
    private static async Task AtWorkAsync(HttpClient program, PostOffice post)
    {
        var until = Clock.GetUtcNow() + LongestWarmUp;
        var before = await DoneAsync(program, post);
        while (Clock.GetUtcNow() < until && await DoneAsync(program, post) == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock, Ct);
        }
    }

    private static async Task<long> DoneAsync(HttpClient program, PostOffice post)
    {
        var newest = (await program.GetJsonAsync("/api/v1/tickets?sort=number&limit=1", Ct)).GetProperty("items");
        return post.AcceptedCount + (newest.GetArrayLength() == 0 ? 0 : newest[0].GetProperty("number").GetInt64());
    }

    /// <summary>The mails of five hundred customers, ten for each life of the server; the mail server itself stays up.</summary>
    private async Task ArriveAsync(PostOffice post, CancellationToken ct)
    {
        for (var i = 0; i < Mails; i++)
        {
            while (i >= (Volatile.Read(ref _killed) + 1) * MailsForEachKill)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), Clock, ct);
            }

            await post.ArriveAsync(FirstVisit.Mailbox, $"""
                From: Customer {i:000} <c{i:000}@customer.example>
                To: <{FirstVisit.Mailbox}>
                Subject: Request {i:000}
                Message-ID: <request-{i:000}@customer.example>
                Date: Fri, 20 Nov 2026 09:12:00 +0800
                Content-Type: text/plain; charset=utf-8

                This is request {i:000}.
                """, ct);
        }
    }

    /// <summary>Answers the first hundred tickets, two in each life of the server, insisting until the desk has said that it has each answer.</summary>
    private async Task AnswerAsync(HttpClient program, CancellationToken ct)
    {
        var (answered, attempt) = (0, 0);
        while (answered < Replies)
        {
            try
            {
                foreach (var ticket in (await TicketsAsync(program, ct)).Skip(answered).Take(Math.Min(Replies, (Volatile.Read(ref _killed) + 1) * RepliesForEachKill) - answered))
                {
                    var (address, body) = ($"/api/v1/tickets/{ticket.GetProperty("id").GetString()}", $"This is answer {answered:000}.");
                    try
                    {
                        await program.PostJsonAsync($"{address}/replies", JsonSerializer.Serialize(new { body }), "application/json", ct, key: $"{body} {attempt}");
                    }
                    catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Conflict)
                    {
                        // The process that had taken this call is dead, and only a look tells how far it came; until it has told, the
                        // key stays, because the look may be cut off by the next kill.
                        if (!(await MessagesAsync(program, address, ct)).Exists(m => m.GetProperty("body").GetString() == body))
                        {
                            attempt++;
                            break;
                        }
                    }

                    answered++;
                }
            }
            catch (HttpRequestException e) when (e.StatusCode is null or >= HttpStatusCode.InternalServerError)
            {
                // Killed: the same call again when it is back.
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // It took longer than a client waits.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Clock, ct);
        }
    }

    /// <summary>Waits until every mail is a ticket and every answer has left.</summary>
    private static async Task CalmAsync(HttpClient program, PostOffice post)
    {
        var until = Clock.GetUtcNow() + Patience;
        while (Clock.GetUtcNow() < until)
        {
            if ((await TicketsAsync(program, Ct)).Count >= Mails && Answers(post).Select(a => a.Word).Distinct().Count() >= Replies)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), Clock, Ct);
        }
    }

    private async Task FiledOnceAsync(HttpClient program)
    {
        var tickets = await TicketsAsync(program, Ct);
        var subjects = tickets.Select(t => t.GetProperty("subject").GetString()!).ToList();
        var lost = Enumerable.Range(0, Mails).Select(i => $"Request {i:000}").Except(subjects).ToList();
        var twice = subjects.GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        var inbound = 0;
        foreach (var ticket in tickets)
        {
            inbound += (await MessagesAsync(program, $"/api/v1/tickets/{ticket.GetProperty("id").GetString()}", Ct)).Count(m => m.GetProperty("kind").GetString() == "inbound");
        }

        output.WriteLine($"{tickets.Count} tickets, {inbound} messages of customers filed; {lost.Count} lost, {twice.Count} filed twice");
        Assert.Empty(lost);
        Assert.Empty(twice);
        Assert.Equal(Mails, tickets.Count);
        Assert.Equal(Mails, inbound);
    }

    private async Task DeliveredAsync(HttpClient program, PostOffice post, List<DateTimeOffset> kills)
    {
        var said = 0;
        foreach (var ticket in (await TicketsAsync(program, Ct)).Take(Replies))
        {
            said += (await MessagesAsync(program, $"/api/v1/tickets/{ticket.GetProperty("id").GetString()}", Ct)).Count(m => m.GetProperty("body").GetString()!.StartsWith("This is answer", StringComparison.Ordinal));
        }

        Assert.Equal(Replies, said);

        var sent = Answers(post).GroupBy(a => a.Word).ToDictionary(g => g.Key, g => g.Select(a => a.At).Order().ToList());
        var lost = Enumerable.Range(0, Replies).Select(i => $"This is answer {i:000}.").Except(sent.Keys).ToList();
        var repeated = sent.Where(s => s.Value.Count > 1).ToList();
        output.WriteLine($"{sent.Count} answers delivered, {lost.Count} lost; {repeated.Count} delivered again because the kill fell between the server's yes and our note");
        foreach (var (word, times) in repeated)
        {
            foreach (var (first, second) in times.Zip(times.Skip(1)))
            {
                var kill = kills.FirstOrDefault(k => k >= first && k <= second);
                output.WriteLine($"  {word} accepted {first:HH:mm:ss.fff}, killed {kill:HH:mm:ss.fff}, accepted again {second:HH:mm:ss.fff}");
                Assert.True(kill != default, $"{word} went out twice though nothing was killed in between");
            }
        }

        Assert.Empty(lost);
    }

    private static IEnumerable<(string Word, DateTimeOffset At)> Answers(PostOffice post)
        => from mail in post.Accepted()
           let text = Mail.Reading.MailReader.Read(mail.Content).Text
           where text.StartsWith("This is answer ", StringComparison.Ordinal)
           select (text[.."This is answer 000.".Length], mail.At);

    private static async Task<List<JsonElement>> MessagesAsync(HttpClient program, string ticket, CancellationToken ct)
        => [.. (await program.GetJsonAsync($"{ticket}/messages", ct)).GetProperty("items").EnumerateArray()];

    /// <summary>Every ticket, oldest first.</summary>
    private static async Task<List<JsonElement>> TicketsAsync(HttpClient program, CancellationToken ct)
    {
        var tickets = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await program.GetJsonAsync($"/api/v1/tickets?sort=number&limit=200{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}", ct);
            tickets.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return [.. tickets.OrderBy(t => t.GetProperty("number").GetInt64())];
    }
}
