using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Solodesk.Bench.Seeding;

namespace Solodesk.Bench.Measuring;

/// <summary>A browser that is signed in as the founder, and a program with a token; both keep their connections.</summary>
internal sealed class DeskClient : IDisposable
{
    private const int Oldest = 10_000;
    private static readonly string[] Label = ["bench"];
    private const string TokenField = "name=\"__RequestVerificationToken\" value=\"";
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _browser;
    private readonly HttpClient _program;
    private readonly Writing _writing = new(new Random(11));
    private int _created;

    public DeskClient(Uri address, string token)
    {
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
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

    /// <summary>What the founder's browser keeps.</summary>
    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    /// <summary>Makes a view of the oldest ten thousand tickets and gives back its key.</summary>
    public async Task<string> AddOldestAsync(CancellationToken ct)
    {
        var view = new { name = "oldest", condition = new { field = "ticket.number", op = "lessThan", value = Seeder.Before + 1 + Oldest }, shared = false };
        using var answer = await _program.PostAsJsonAsync("/api/v1/views", view, ct);
        return answer.StatusCode == HttpStatusCode.Created ? answer.Headers.Location!.OriginalString.Split('/')[^1] : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>Labels every ticket of a view, takes it back, and gives back how many a second each way, from the call to the honest result, and the milliseconds of processor time for each.</summary>
    public async Task<ManyFigures> ChangeManyAsync(string view, DeskServer server, CancellationToken ct)
    {
        var (id, changed, labelled) = await RunAsync("/api/v1/bulk", new { view, addTags = Label }, server, ct);
        var (_, _, back) = await RunAsync($"/api/v1/bulk/{id}/undo", new { }, server, ct);
        return new ManyFigures(changed, changed / labelled.Seconds, labelled.Processor / changed, changed / back.Seconds, back.Processor / changed);
    }

    private async Task<(Guid Id, int Changed, (double Seconds, double Processor) Taken)> RunAsync(string address, object body, DeskServer server, CancellationToken ct)
    {
        var (started, busy) = (TimeProvider.System.GetTimestamp(), server.Processor);
        using var answer = await _program.PostAsJsonAsync(address, body, ct);
        var run = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        while (run.GetProperty("state").GetString() is not ("done" or "undone"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
            run = await _program.GetFromJsonAsync<JsonElement>($"/api/v1/bulk/{run.GetProperty("id").GetGuid()}", ct);
        }

        return (run.GetProperty("id").GetGuid(), run.GetProperty("changed").GetInt32(), (TimeProvider.System.GetElapsedTime(started).TotalSeconds, (server.Processor - busy).TotalMilliseconds));
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
