using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Solodesk.Api;
using Solodesk.Data;

namespace Solodesk.Tests.Api;

public sealed class FailureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_and_a_locked_database_are_told_apart_from_bugs()
    {
        await using var desk = new DeskApp();
        var database = desk.Get<IDatabase>();

        Assert.Equal(("storage.full", 507), Read(new IOException("No space left on device", 28), database));
        Assert.Equal(("storage.unwritable", 507), Read(new IOException("Read-only file system", 30), database));
        Assert.Equal(("storage.unwritable", 507), Read(new UnauthorizedAccessException("Access to the path is denied"), database));
        Assert.Equal(("failed", 500), Read(new InvalidOperationException("a bug"), database));
        Assert.Equal(("request.too_large", 413), Read(new BadHttpRequestException("x", StatusCodes.Status413PayloadTooLarge), database));
        if (database.Name == "sqlite")
        {
            Assert.Equal(("storage.full", 507), Read(new SqliteException("full", 13), database));
            Assert.Equal(("storage.busy", 503), Read(new Microsoft.EntityFrameworkCore.DbUpdateException("x", new SqliteException("locked", 5)), database));
        }
        else
        {
            Assert.Equal(("storage.busy", 503), Read(new Npgsql.NpgsqlException("connection refused"), database));
        }
    }

    [Fact]
    public async Task A_broken_write_leaves_nothing_behind_and_the_desk_goes_on()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync();
        await desk.SqlAsync(DeskApp.OnPostgres ? "ALTER TABLE \"SearchEntries\" DROP COLUMN \"Tokens\"" : "DROP TABLE \"SearchTokens\"");

        var broken = await client.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" } });
        Assert.Equal("failed", await broken.ProblemAsync(500));

        // Reading still works, and nothing of the failed call is there.
        Assert.Equal(1, (await client.GetJsonAsync("/api/v1/tickets")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_full_disk_refuses_the_write_in_words_and_keeps_what_was_there()
    {
        var disk = new FullDisk();
        await using var desk = new DeskApp(interceptor: DeskApp.OnPostgres ? null : disk);
        var client = await desk.ProgramAsync();
        await client.OpenAsync();
        if (DeskApp.OnPostgres)
        {
            // PostgreSQL's own code for a full disk, said by the table.
            await desk.SqlAsync("""
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON "Messages" EXECUTE FUNCTION full_disk();
                """);
        }

        disk.IsFull = true;
        var refused = await client.PostAsync("/api/v1/tickets", new { body = new string('x', 60_000), customer = new { email = "a@example.com" } });

        Assert.Equal("storage.full", await refused.ProblemAsync(507));
        Assert.Equal(1, (await client.GetJsonAsync("/api/v1/tickets")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_says_when_to_come_back()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync();
        await using var holder = await desk.HoldDatabaseAsync();

        var refused = await client.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" } });

        Assert.Equal("storage.busy", await refused.ProblemAsync(503));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_page_that_fails_half_way_is_answered_with_the_page_that_explains_it()
    {
        await using var desk = new DeskApp();
        var founder = desk.Desk();
        founder.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Assert.True((await founder.GetAsync("/customers", Ct)).IsSuccessStatusCode);
        await desk.SqlAsync("ALTER TABLE \"Customers\" RENAME TO \"Elsewhere\"");

        var page = await founder.GetAsync("/customers", Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("退回上一页", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_told_in_words_and_a_program_in_a_problem()
    {
        await using var desk = new DeskApp();
        var browser = desk.Visitor();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var page = await browser.GetAsync("/error", Ct);

        Assert.Contains("退回上一页", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/v1/x", Ct)).StatusCode);
    }

    private static (string, int) Read(Exception exception, IDatabase database)
    {
        var failure = Failure.Of(exception, database);
        return (failure.Problem.Code, failure.Status);
    }
}
