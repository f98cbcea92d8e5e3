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
        if (DeskApp.OnPostgres)
        {
            return; // The damage is done to the file.
        }

        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.OpenAsync();
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(desk.Folder, "solodesk.db"), Pooling = false }.ToString());
        await other.OpenAsync(Ct);
        await using (var damage = other.CreateCommand())
        {
            damage.CommandText = "DROP TABLE \"SearchTokens\"";
            await damage.ExecuteNonQueryAsync(Ct);
        }

        var broken = await client.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" } });
        Assert.Equal("failed", await broken.ProblemAsync(500));

        // Reading still works, and nothing of the failed call is there.
        Assert.Equal(1, (await client.GetJsonAsync("/api/v1/tickets")).GetProperty("items").GetArrayLength());
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
