using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Solodesk.Engine.Conditions;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>One condition, four readings: an umpire without expressions, compiled, LINQ over objects, and SQL on both databases.</summary>
public sealed class AgreementProperties(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int RowCount = 250;

    private static readonly IReadOnlyList<Case> Rows = Cases.Rows(RowCount, seed: 20261121);

    [Fact]
    public void The_random_conditions_are_worth_asking()
    {
        var now = Gen.Sample(Cases.Context, 1, 50).Single();
        var asked = Gen.Sample(Cases.Leaf, 1000, 50);
        var dividing = asked.Count(condition => Rows.Count(condition.Compile(CaseFields.WithChanges, now).Value) is > 0 and < RowCount);
        Assert.Equal(RowCount, Rows.Count);
        Assert.True(dividing > 400, $"only {dividing} of 1000 comparisons are met by some rows and not by others");
    }

    [Fact]
    public void Compiled_conditions_agree_with_a_plain_reading() => Check(Cases.Tree, 1500, (condition, context) =>
    {
        var plain = new PlainReading(context);
        var compiled = condition.Compile(CaseFields.WithChanges, context).Value;
        return Differences(Rows.Where(row => plain.Meets(condition, row)), Rows.Where(compiled));
    });

    [Fact]
    public void Every_comparison_by_itself_agrees_with_a_plain_reading() => Check(Cases.Leaf, 6000, (condition, context) =>
    {
        var plain = new PlainReading(context);
        var interpreted = condition.Compile(CaseFields.WithChanges, context, once: true).Value;
        return Differences(Rows.Where(row => plain.Meets(condition, row)), Rows.Where(interpreted));
    });

    [Fact]
    public void The_expression_run_on_objects_agrees_with_the_compiled_condition() => Check(Cases.Tree, 500, (condition, context) =>
    {
        var whole = Rows.Where(row => row.Client is not null).ToList();
        var compiled = condition.Compile(CaseFields.WithChanges, context).Value;
        var expression = condition.ToExpression(CaseFields.WithChanges, context).Value;
        return Differences(whole.Where(compiled), whole.AsQueryable().Where(expression));
    });

    [Fact]
    public async Task SQLite_finds_what_memory_finds()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        CaseDb.Teach(connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await AgreesAsync(new DbContextOptionsBuilder<CaseDb>().UseSqlite(connection).Options);
    }

    [Fact]
    public async Task PostgreSQL_finds_what_memory_finds()
    {
        Assert.SkipWhen(postgres.Connection is null, postgres.WhyNot);
        var connection = $"{postgres.Connection};Database=engine_{Environment.ProcessId};Pooling=false";
        await AgreesAsync(new DbContextOptionsBuilder<CaseDb>().UseNpgsql(connection).Options);
    }

    private static async Task AgreesAsync(DbContextOptions<CaseDb> options)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = new CaseDb(options);
        await db.Database.EnsureCreatedAsync(ct);
        try
        {
            // rows of their own: saving sets keys and would tie them to one database
            var rows = Cases.Rows(RowCount, seed: 20261121);
            db.AddRange(rows);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();

            string Compare(Condition condition, ConditionContext context)
            {
                var compiled = condition.Compile(CaseFields.WithChanges, context).Value;
                var expression = condition.ToExpression(CaseFields.WithChanges, context).Value;
                var found = db.Cases.Where(expression).Select(row => row.Id).ToHashSet();
                return Differences(rows.Where(compiled), rows.Where(row => found.Contains(row.Id)));
            }

            // single comparisons share their query plans and are cheap; every tree is a plan of its own
            Check(Cases.Leaf, 2000, Compare);
            Check(Cases.Tree, 250, Compare);
        }
        finally
        {
            await db.Database.EnsureDeletedAsync(ct);
        }
    }

    private static void Check(Gen<Condition> conditions, int times, Func<Condition, ConditionContext, string> differences) => Sla.Calendars.Check(
        Prop.ForAll(
            Arb.From(conditions, Cases.Smaller),
            Cases.Context.ToArbitrary(),
            (condition, context) =>
            {
                var found = differences(condition, context);
                return (found.Length == 0).Label($"{condition.ToJson()} at {context}: {found}");
            }),
        times);

    private static string Differences(IEnumerable<Case> expected, IEnumerable<Case> found)
    {
        var (wanted, got) = (expected.Select(row => row.Id).ToHashSet(), found.Select(row => row.Id).ToHashSet());
        var missing = wanted.Except(got).Take(3);
        var extra = got.Except(wanted).Take(3);
        return wanted.SetEquals(got) ? "" : $"missing {string.Join(',', missing)}, too many {string.Join(',', extra)}";
    }
}
