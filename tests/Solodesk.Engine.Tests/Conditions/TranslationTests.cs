using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>What the SQL looks like: found again with other values, and plain enough for an index.</summary>
public sealed class TranslationTests : IDisposable
{
    private static readonly ConditionContext Now = new(DateTimeOffset.UnixEpoch.AddYears(56), TimeZoneInfo.Utc, Me: Cases.People[0].ToString());

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly CaseDb _db;

    public TranslationTests() => _db = new CaseDb(new DbContextOptionsBuilder<CaseDb>().UseSqlite(_connection).Options);

    public static TheoryData<Condition, string> Plain => new()
    {
        { Condition.Where("case.status", Op.Is, "open"), """WHERE "c"."Status" = @Value""" },
        { Condition.Where("case.status", Op.IsNot, "open"), """WHERE "c"."Status" <> @Value""" },
        { Condition.Where("case.mood", Op.IsNot, "calm"), """WHERE "c"."Mood" IS NULL OR "c"."Mood" <> @Value""" },
        { Condition.Where("case.status", Op.AnyOf, "open", "solved"), """WHERE "c"."Status" IN (@Value1, @Value2)""" },
        { Condition.Where("case.created", Op.WithinLast, 3, SpanUnit.Days), """WHERE "c"."Created" >= @Value AND "c"."Created" < @Value1""" },
        { Condition.Where("case.due", Op.Before, "today"), """WHERE "c"."Due" IS NOT NULL AND "c"."Due" < @Value""" },
        { Condition.Where("case.replies", Op.Between, 1.5m, 3m), """WHERE "c"."Replies" >= @Value AND "c"."Replies" <= @Value1""" },
        { Condition.Where("case.assignee", Op.Is, "me"), """WHERE "c"."Assignee" IS NOT NULL AND "c"."Assignee" = @Value""" },
        { Condition.Where("case.subject", Op.StartsWith, "100%"), """WHERE "c"."SubjectFolded" IS NOT NULL AND "c"."SubjectFolded" LIKE @Value ESCAPE '\'""" },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_comparison_asks_the_column_itself_so_that_an_index_can_answer(Condition condition, string where) =>
        Assert.Equal(where, Sql(condition).Split('\n')[^1]);

    [Fact]
    public void The_same_question_with_other_values_is_the_same_SQL()
    {
        static Condition Ask(string status, string text, decimal number, string tag) => new AllOf([
            Condition.Where("case.status", Op.Is, status), Condition.Where("case.subject", Op.Contains, text),
            new Not(Condition.Where("case.value", Op.MoreThan, number)), Condition.Where("case.tags", Op.AnyOf, tag, tag + "s"),
            Condition.Where("case.created", Op.After, "2026-01-0" + number.ToString("0", System.Globalization.CultureInfo.InvariantCulture))]);

        Assert.Equal(Sql(Ask("open", "退款", 1, "vip")), Sql(Ask("solved", "%'--", 2, "b2b")));
        Assert.DoesNotContain("退款", Sql(Ask("open", "退款", 1, "vip")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_widest_condition_is_not_too_deep_for_SQLite()
    {
        _connection.Open();
        _db.Database.EnsureCreated();
        var wide = new AnyOf([.. Enumerable.Range(0, Condition.MostComparisons).Select(n => Condition.Where("message.body", Op.Contains, $"word {n}"))]);
        var deep = Enumerable.Range(0, Condition.DeepestNesting - 1)
            .Aggregate((Condition)wide, (inner, n) => n % 2 == 0 ? new Not(inner) : new AllOf([inner]));

        Assert.Empty(_db.Cases.Where(wide.ToExpression(CaseFields.All, Now).Value));
        Assert.Empty(_db.Cases.Where(deep.ToExpression(CaseFields.All, Now).Value));
    }

    public void Dispose()
    {
        _db.Dispose();
        _connection.Dispose();
    }

    private string Sql(Condition condition) => string.Join(
        '\n',
        _db.Cases.Where(condition.ToExpression(CaseFields.WithChanges, Now).Value).Select(row => row.Id).ToQueryString()
            .ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
}
