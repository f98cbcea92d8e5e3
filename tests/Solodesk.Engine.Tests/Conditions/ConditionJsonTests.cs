using System.Text.Json;
using FsCheck.Fluent;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

public sealed class ConditionJsonTests
{
    [Fact]
    public void A_stored_condition_comes_back_the_same() => Sla.Calendars.Check(
        Prop.ForAll(Cases.Tree.ToArbitrary(), condition =>
        {
            var json = condition.ToJson();
            var read = Condition.Parse(json).Value;
            return read == condition && read.ToJson() == json && JsonSerializer.Deserialize<Condition>(JsonSerializer.Serialize(condition)) == condition;
        }),
        2000);

    [Fact]
    public void The_stored_form_is_stable()
    {
        var condition = new AllOf([
            Condition.Where("case.status", Op.AnyOf, "open", "pending"),
            new Not(Condition.Where("case.created", Op.WithinLast, 3, SpanUnit.Days)),
            new AnyOf([
                Condition.Where("case.value", Op.MoreThan, 2.50m),
                Condition.Where("case.paid", Op.Is, true),
                Condition.Where("case.subject", Op.Contains, "退款"),
                Condition.Where("case.assignee", Op.IsEmpty)])]);

        Assert.Equal(
            """{"all":[{"field":"case.status","op":"anyOf","value":["open","pending"]},{"not":{"field":"case.created","op":"withinLast","value":{"amount":3,"unit":"days"}}},{"any":[{"field":"case.value","op":"moreThan","value":2.50},{"field":"case.paid","op":"is","value":true},{"field":"case.subject","op":"contains","value":"退款"},{"field":"case.assignee","op":"isEmpty"}]}]}""",
            condition.ToJson());
    }

    [Fact]
    public void Every_operator_keeps_its_stored_name() => Assert.Equal(
        "is isNot anyOf noneOf contains doesNotContain startsWith matches isSet isEmpty before after withinLast withinNext moreThan lessThan between hasChanged changedFrom changedTo inWorkingHours",
        string.Join(' ', Enum.GetValues<Op>().Select(op => op.StoredName())));

    [Fact]
    public void Equal_trees_are_equal_conditions()
    {
        Assert.Equal<Condition>(new AllOf([Condition.Where("a", Op.AnyOf, "x", "y")]), new AllOf([Condition.Where("a", Op.AnyOf, "x", "y")]));
        Assert.NotEqual<Condition>(new AllOf([Condition.Where("a", Op.IsSet)]), new AnyOf([Condition.Where("a", Op.IsSet)]));
        Assert.Single(new[] { new AllOf([Condition.Where("a", Op.IsSet)]), new AllOf([Condition.Where("a", Op.IsSet)]) }.ToHashSet());
    }
}
