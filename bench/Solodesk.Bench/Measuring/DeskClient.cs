using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Solodesk.Bench.Seeding;

namespace Solodesk.Bench.Measuring;

/// <summary>A browser that is signed in as the founder, and a program with a token; both keep their connections.</summary>
internal sealed class DeskClient : IDisposable
{
    private const string TokenField = "name=\"__RequestVerificationToken\" value=\"";
    private readonly HttpClient _browser;
    private readonly HttpClient _program;
    private readonly Writing _writing = new(new Random(11));
    private int _created;

    public DeskClient(Uri address, string token)
    {
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        _program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        _program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Goes through the first step of the set-up; the cookie that it gives holds over restarts of the server.</summary>
    public async Task FoundAsync(CancellationToken ct)
    {
        var page = await ReadAsync("/setup/account", ct);
        var at = page.IndexOf(TokenField, StringComparison.Ordinal) + TokenField.Length;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(page[at..page.IndexOf('"', at)]),
            ["name"] = "Lin",
            ["email"] = "lin@bench.example",
            ["password"] = "ten thousand tickets",
        });
        using var answer = await _browser.PostAsync(new Uri("/setup/account", UriKind.Relative), form, ct);
        if ((int)answer.StatusCode is < 300 or >= 400)
        {
            throw new InvalidOperationException($"The set-up answered {answer.StatusCode}");
        }
    }

    /// <summary>Labels every ticket of a view, takes it back, and gives back how many a second each way, from the click to the honest result, and the milliseconds of processor time for each.</summary>
    public async Task<ManyFigures> ChangeManyAsync(string view, DeskServer server, CancellationToken ct)
    {
        var busy = server.Processor;
        var inbox = await ReadAsync($"/inbox/{view}", ct);
        var started = TimeProvider.System.GetTimestamp();
        var run = await PostAsync("/bulk", inbox, [("whole", view), ("back", $"/inbox/{view}"), ("addTags", "bench")], ct);
        var id = run[(run.IndexOf("bulk=", StringComparison.Ordinal) + 5)..];
        var done = await UntilDoneAsync(id, ct);
        var changed = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var tickets = int.Parse(done, CultureInfo.InvariantCulture);
        var changing = server.Processor - busy;
        busy = server.Processor;
        started = TimeProvider.System.GetTimestamp();
        await PostAsync($"/bulk/{id}/undo", inbox, [("back", $"/inbox/{view}")], ct);
        await UntilDoneAsync(id, ct);
        return new ManyFigures(tickets, tickets / changed, changing.TotalMilliseconds / tickets, tickets / TimeProvider.System.GetElapsedTime(started).TotalSeconds,
            (server.Processor - busy).TotalMilliseconds / tickets);
    }

    // The strip asks again as long as there is something to do.
    private async Task<string> UntilDoneAsync(string id, CancellationToken ct)
    {
        while (true)
        {
            var strip = await ReadAsync($"/bulk/{id}/strip", ct);
            if (!strip.Contains("hx-trigger", StringComparison.Ordinal))
            {
                var words = strip[(strip.IndexOf("<span>", StringComparison.Ordinal) + 6)..];
                return new string([.. words.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
    }

    private async Task<string> PostAsync(string address, string page, IEnumerable<(string Name, string Value)> fields, CancellationToken ct)
    {
        var at = page.IndexOf(TokenField, StringComparison.Ordinal) + TokenField.Length;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", WebUtility.HtmlDecode(page[at..page.IndexOf('"', at)])), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await _browser.PostAsync(new Uri(address, UriKind.Relative), form, ct);
        return (int)answer.StatusCode is >= 300 and < 400 ? answer.Headers.Location!.OriginalString : throw new InvalidOperationException($"{address} answered {answer.StatusCode}");
    }

    /// <summary>Reads a page to its end; anything but 200 is an error of the measurement.</summary>
    public async Task<string> ReadAsync(string page, CancellationToken ct)
    {
        using var answer = await _browser.GetAsync(new Uri(page, UriKind.Relative), ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.StatusCode == HttpStatusCode.OK ? text : throw new InvalidOperationException($"{page} answered {answer.StatusCode}");
    }

    /// <summary>One ticket of a known customer, one in ten of a new one.</summary>
    public async Task CreateTicketAsync(int customers, CancellationToken ct)
    {
        var n = Interlocked.Increment(ref _created);
        string subject, body;
        lock (_writing)
        {
            subject = _writing.Subject(n % 2 == 0);
            body = _writing.Body(n % 2 == 0, ours: false, "Bench");
        }

        var email = n % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $"new{n}@bench.example") : Seeder.EmailOf((int)(n * 7919L % customers));
        using var answer = await _program.PostAsJsonAsync("/api/v1/tickets", new { subject, body, customer = new { email } }, ct);
        await answer.Content.ReadAsByteArrayAsync(ct);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"A ticket was answered with {answer.StatusCode}");
        }
    }

    public void Dispose()
    {
        _browser.Dispose();
        _program.Dispose();
    }
}
