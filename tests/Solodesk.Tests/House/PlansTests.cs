using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Jobs;
using Solodesk.Tickets;

namespace Solodesk.Tests.House;

/// <summary>No page, no list of the API and no periodic job reads a table that grows from one end to the other: its cost would grow with the desk.</summary>
public sealed partial class PlansTests
{
    private static readonly HashSet<string> Growing =
    [
        "Tickets", "Messages", "Attachments", "TicketEvents", "Customers", "CustomerAddresses", "IncomingMails", "OutgoingMails", "SearchEntries", "IndexedWords",
        "FollowUps", "AskedQuestions", "ChatConversations", "ChatLines", "BotTurns", "AiCalls", "AiTexts", "TicketUndos", "Regroupings", "TicketLinks",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_and_no_list_of_the_api_reads_a_growing_table_whole()
    {
        var asked = new AskedQueries();
        await using var app = new DeskApp(demo: true, interceptor: asked);
        var desk = app.Desk();
        var number = await app.ReadAsync(db => db.Set<Ticket>().OrderByDescending(t => t.Number).Select(t => t.Number).FirstAsync(Ct));
        var customer = await app.ReadAsync(db => db.Set<Customer>().OrderByDescending(c => c.TicketCount).Select(c => c.Id).FirstAsync(Ct));
        var tracking = await app.ReadAsync(db => db.Set<Ticket>().OrderBy(t => t.Number).Select(t => t.TrackingToken).FirstAsync(Ct));
        string[] pages =
        [
            .. app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && e.RoutePattern.Parameters.Count == 0)
                .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p is not "/error" and not "/not-found"),
            "/inbox/mine", "/inbox/all", "/inbox/waiting", "/inbox/solved", "/inbox/closed", "/inbox/urgent", "/inbox/snoozed", $"/inbox/all/{number}", $"/inbox/all/{number}/print",
            "/inbox/search?q=退款", "/inbox/search?q=invoice", $"/customers/{customer}", "/customers?q=lin", "/customers?q=lin%40example.com", $"/track/{tracking}",
            "/api/v1/tickets", $"/api/v1/tickets/{number}", $"/api/v1/tickets/{number}/messages", $"/api/v1/tickets/{number}/events", "/api/v1/customers",
            "/api/v1/customers?email=lin%40example.com", $"/api/v1/customers/{customer}", "/api/v1/followups", "/api/v1/mails", "/palette?q=退款", "/palette?q=invo",
        ];
        List<string> scans = [];
        await using var database = await PlannerAsync(app);
        foreach (var page in pages)
        {
            asked.Clear();
            using var answer = await desk.GetAsync(new Uri(page, UriKind.Relative), Ct);
            Assert.True((int)answer.StatusCode < 500, $"{page}: {answer.StatusCode}");
            scans.AddRange(await ScansAsync(database, page, asked));
        }

        Assert.True(scans.Count == 0, string.Join('\n', scans));
    }

    [Fact]
    public async Task No_periodic_job_reads_a_growing_table_whole()
    {
        var asked = new AskedQueries();
        await using var app = new DeskApp(demo: true, interceptor: asked);
        List<string> scans = [];
        var jobs = app.Get<IEnumerable<IPeriodicJob>>();
        await using var database = await PlannerAsync(app);
        // The second time there is something new to do.
        for (var round = 0; round < 2; round++)
        {
            foreach (var job in jobs)
            {
                asked.Clear();
                await job.RunAsync(Ct);
                scans.AddRange(await ScansAsync(database, job.GetType().Name, asked));
            }

            await app.Get<OpenTicket>().RunAsync(Actor.System, new("Where is my order?", "It was due on Monday, and the tracking page says nothing.", "web") { CustomerEmail = "new@example.com" }, Ct);
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.True(scans.Count == 0, string.Join('\n', scans.Distinct()));
    }

    [Fact]
    public async Task On_PostgreSQL_no_plan_is_compiled_before_it_runs()
    {
        await using var app = new DeskApp();
        var compiled = DeskApp.OnPostgres ? await app.ReadAsync(db => db.Database.SqlQuery<string>($"SELECT current_setting('jit') AS \"Value\"").SingleAsync(Ct)) : "off";
        Assert.Equal("off", compiled);
    }

    private static async Task<DbConnection> PlannerAsync(DeskApp app)
    {
        var database = await app.OtherConnectionAsync();
        if (DeskApp.OnPostgres)
        {
            // A small table is read whole for good reasons; what has an index to go by shows when that is made dear.
            await using var dear = database.CreateCommand();
            dear.CommandText = "SET enable_seqscan = off";
            await dear.ExecuteNonQueryAsync(Ct);
        }

        return database;
    }

    private static async Task<IReadOnlyList<string>> ScansAsync(DbConnection database, string who, AskedQueries asked)
    {
        List<string> scans = [];
        foreach (var query in asked.All)
        {
            scans.AddRange((await ScansAsync(database, query)).Select(table => $"{who} reads {table}: {query.Text}"));
        }

        return scans;
    }

    private static async Task<IReadOnlyList<string>> ScansAsync(DbConnection database, AskedQuery query)
    {
        await using var explain = database.CreateCommand();
        explain.CommandText = (DeskApp.OnPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + query.Text;
        foreach (var parameter in query.Parameters)
        {
            explain.Parameters.Add(Again(explain, parameter));
        }

        var names = TableNames().Matches(query.Text).GroupBy(m => m.Groups["alias"].Value).ToDictionary(g => g.Key, g => g.First().Groups["table"].Value);
        // The first of each, written as a part of a projection: every row of the table is numbered, whatever the plan says.
        List<string> found = Numbered().Matches(query.Text) is { Count: > 0 } numbered ? [.. numbered.Select(m => names.GetValueOrDefault(m.Groups["alias"].Value, "")).Where(Growing.Contains)] : [];
        await using var plan = await explain.ExecuteReaderAsync(Ct);
        while (await plan.ReadAsync(Ct))
        {
            // "SCAN t" reads every row. "SCAN t USING INDEX" walks in an index's order and ends at the LIMIT.
            var scan = DeskApp.OnPostgres ? SeqScan().Match(plan.GetString(0)) : Scan().Match(plan.GetString(3));
            var table = DeskApp.OnPostgres ? scan.Groups["table"].Value : names.GetValueOrDefault(scan.Groups["alias"].Value, "");
            if (scan.Success && Growing.Contains(table))
            {
                found.Add(table);
            }
        }

        return found;
    }

    private static DbParameter Again(DbCommand command, DbParameter parameter)
    {
        if (parameter is NpgsqlParameter typed)
        {
            return typed.Clone();
        }

        var again = command.CreateParameter();
        (again.ParameterName, again.Value) = (parameter.ParameterName, parameter.Value);
        return again;
    }

    [GeneratedRegex("Seq Scan on \"(?<table>\\w+)\"")]
    private static partial Regex SeqScan();

    [GeneratedRegex("^SCAN (?<alias>\\w+)$")]
    private static partial Regex Scan();

    [GeneratedRegex("\"(?<table>\\w+)\" AS \"(?<alias>\\w+)\"")]
    private static partial Regex TableNames();

    [GeneratedRegex("ROW_NUMBER\\(\\) OVER ?\\(PARTITION BY \"?(?<alias>\\w+)\"?\\.")]
    private static partial Regex Numbered();

    private sealed record AskedQuery(string Text, IReadOnlyList<DbParameter> Parameters);

    private sealed class AskedQueries : DbCommandInterceptor
    {
        private readonly ConcurrentDictionary<string, AskedQuery> _asked = new(StringComparer.Ordinal);

        public IEnumerable<AskedQuery> All => _asked.Values;

        public void Clear() => _asked.Clear();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            _asked.TryAdd(command.CommandText, new AskedQuery(command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
            return ValueTask.FromResult(result);
        }
    }
}
