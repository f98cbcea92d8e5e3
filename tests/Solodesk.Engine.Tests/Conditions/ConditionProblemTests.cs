using System.Globalization;
using System.Text.Json;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

public sealed class ConditionProblemTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    private static readonly ConditionContext Now = new(DateTimeOffset.UnixEpoch.AddYears(56), TimeZoneInfo.Utc);

    [Theory]
    [InlineData("", ConditionFault.Unreadable, null)]
    [InlineData("null", ConditionFault.Unreadable, null)]
    [InlineData("[]", ConditionFault.Unreadable, null)]
    [InlineData("{}", ConditionFault.Unreadable, null)]
    [InlineData("""{"all":{}}""", ConditionFault.Unreadable, null)]
    [InlineData("""{"all":[5]}""", ConditionFault.Unreadable, null)]
    [InlineData("""{"field":7,"op":"is"}""", ConditionFault.Unreadable, null)]
    [InlineData("""{"field":"case.status","op":"resembles","value":"x"}""", ConditionFault.UnknownOperator, "case.status")]
    [InlineData("""{"field":"case.status"}""", ConditionFault.UnknownOperator, "case.status")]
    [InlineData("""{"field":"case.value","op":"is","value":1e999}""", ConditionFault.UnfitValue, "case.value")]
    [InlineData("""{"field":"case.due","op":"withinLast","value":{"amount":"3","unit":"days"}}""", ConditionFault.UnfitValue, "case.due")]
    [InlineData("""{"field":"case.due","op":"withinLast","value":{"amount":3,"unit":"moons"}}""", ConditionFault.UnfitValue, "case.due")]
    [InlineData("""{"field":"case.subject","op":"is","value":"\ud800"}""", ConditionFault.UnfitValue, "case.subject")]
    [InlineData("""{"field":"case.subject","op":"anyOf","value":[["a"]]}""", ConditionFault.UnfitValue, "case.subject")]
    public void What_cannot_be_read_is_a_problem_and_not_an_exception(string json, ConditionFault fault, string? field)
    {
        var outcome = Condition.Parse(json);

        Assert.False(outcome.TryGet(out _));
        Assert.Equal((fault, field), (outcome.Problems[0].Fault, outcome.Problems[0].Field));
        Says(outcome.Problems[0], field ?? "");
    }

    public static TheoryData<Condition, ConditionFault> Unfit => new()
    {
        { Condition.Where("case.nothing", Op.IsSet), ConditionFault.UnknownField },
        { Condition.Where("case.paid", Op.Contains, "x"), ConditionFault.UnfitOperator },
        { Condition.Where("case.status", Op.Is, "lost"), ConditionFault.UnknownChoice },
        { Condition.Where("case.status", Op.Is, "1"), ConditionFault.UnknownChoice },
        { Condition.Where("case.status", Op.AnyOf, "open", "lost"), ConditionFault.UnknownChoice },
        { Condition.Where("case.status", Op.Is), ConditionFault.UnfitValue },
        { Condition.Where("case.status", Op.Is, 3m), ConditionFault.UnfitValue },
        { Condition.Where("case.status", Op.AnyOf, Array.Empty<string>()), ConditionFault.UnfitValue },
        { Condition.Where("case.status", Op.IsSet, "open"), ConditionFault.UnfitValue },
        { Condition.Where("case.status", Op.HasChanged, "open"), ConditionFault.UnfitValue },
        { Condition.Where("case.status", Op.ChangedTo, "lost"), ConditionFault.UnknownChoice },
        { Condition.Where("case.status", Op.HasChanged), ConditionFault.NoChanges },
        { Condition.Where("case.assignee", Op.Is, "Li"), ConditionFault.UnfitValue },
        { Condition.Where("case.value", Op.MoreThan, "much"), ConditionFault.UnfitValue },
        { Condition.Where("case.value", Op.Between, "1", "2"), ConditionFault.UnfitValue },
        { Condition.Where("case.paid", Op.Is, "yes"), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.Before, "2026-02-30"), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.Before, "0001-01-01"), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.Between, "2026-02-01"), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.WithinLast, 0, SpanUnit.Days), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.WithinLast, int.MaxValue, SpanUnit.Weeks), ConditionFault.UnfitValue },
        { Condition.Where("case.due", Op.InWorkingHours), ConditionFault.NoBusinessHours },
        { Condition.Where("case.subject", Op.Contains, ""), ConditionFault.UnfitValue },
        { Condition.Where("case.subject", Op.Contains, "a\0b"), ConditionFault.UnfitValue },
        { Condition.Where("case.subject", Op.Contains, new string('x', 1001)), ConditionFault.UnfitValue },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void What_does_not_fit_the_field_is_a_problem_that_names_it(Condition condition, ConditionFault fault)
    {
        var field = ((Comparison)condition).Field;
        var problem = Assert.Single(condition.Check(CaseFields.All, Now));

        Assert.Equal((fault, field), (problem.Fault, problem.Field));
        Assert.False(condition.Compile(CaseFields.All, Now).TryGet(out _));
        Says(problem, field);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var condition = new AllOf([
            Condition.Where("case.nothing", Op.IsSet), new Not(Condition.Where("case.status", Op.Is, "lost")), Condition.Where("case.paid", Op.Is, true)]);

        Assert.Equal(
            [ConditionFault.UnknownField, ConditionFault.UnknownChoice],
            condition.Check(CaseFields.All, Now).Select(problem => problem.Fault));
        Assert.Throws<InvalidOperationException>(() => condition.Compile(CaseFields.All, Now).Value);
    }

    [Fact]
    public void Working_hours_of_a_column_are_refused_in_SQL_and_evaluated_on_objects()
    {
        var condition = Condition.Where("case.created", Op.InWorkingHours);
        var context = Now with { Hours = Solodesk.Engine.Sla.BusinessHours.Always };

        Assert.Equal(ConditionFault.NotInSql, Assert.Single(condition.ToExpression(CaseFields.All, context).Problems).Fault);
        Assert.Empty(condition.Check(CaseFields.All, context, inSql: false));
    }

    [Fact]
    public void Changes_at_hand_do_not_help_SQL_but_a_source_of_changes_does()
    {
        var condition = Condition.Where("case.status", Op.HasChanged);
        var context = Now with { Changes = [] };

        Assert.True(condition.Compile(CaseFields.All, context).TryGet(out _));
        Assert.Equal(ConditionFault.NoChanges, Assert.Single(condition.ToExpression(CaseFields.All, context).Problems).Fault);
        Assert.True(condition.ToExpression(CaseFields.WithChanges, context).TryGet(out _));
    }

    [Fact]
    public void A_condition_that_is_too_deep_or_too_wide_is_refused()
    {
        var leaf = Condition.Where("case.paid", Op.Is, true);
        var deep = Enumerable.Range(0, Condition.DeepestNesting + 1).Aggregate((Condition)leaf, (inner, _) => new Not(inner));
        var wide = new AllOf([.. Enumerable.Repeat(leaf, Condition.MostComparisons + 1)]);

        foreach (var condition in new[] { deep, wide })
        {
            Assert.Equal(ConditionFault.TooLarge, Assert.Single(Condition.Parse(condition.ToJson()).Problems).Fault);
            Assert.Equal(ConditionFault.TooLarge, Assert.Single(condition.Check(CaseFields.All, Now)).Fault);
        }

        var most = new AllOf([.. Enumerable.Repeat(leaf, Condition.MostComparisons)]);
        Assert.True(Condition.Parse(most.ToJson()).TryGet(out _));
        Assert.Empty(most.Check(CaseFields.All, Now));
        Assert.False(Condition.Parse(new string('[', 5000)).TryGet(out _));
    }

    [Fact]
    public void Inside_other_JSON_a_broken_condition_is_a_broken_document() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Condition>("""{"field":"a","op":"resembles"}"""));

    private static void Says(ConditionProblem problem, string field)
    {
        Assert.Contains(field, problem.ToSentence(English), StringComparison.Ordinal);
        Assert.Contains(field, problem.ToSentence(Chinese), StringComparison.Ordinal);
        Assert.EndsWith("。", problem.ToSentence(Chinese), StringComparison.Ordinal);
    }
}
