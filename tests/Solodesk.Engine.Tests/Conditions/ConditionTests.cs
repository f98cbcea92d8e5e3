using System.Globalization;
using Solodesk.Engine.Conditions;
using Solodesk.Engine.Sla;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly ConditionContext Now = new(At("2026-11-20T15:00+08:00"), Shanghai, BusinessHours.Weekdays(Shanghai, "09:00-18:00"));

    [Theory]
    [InlineData("2026-11-20T00:00+08:00", Op.Is, true)]
    [InlineData("2026-11-20T23:59:59.999999+08:00", Op.Is, true)]
    [InlineData("2026-11-21T00:00+08:00", Op.Is, false)]
    [InlineData("2026-11-19T23:59:59.999999+08:00", Op.Before, true)]
    [InlineData("2026-11-20T00:00+08:00", Op.Before, false)]
    [InlineData("2026-11-20T23:59:59.999999+08:00", Op.After, false)]
    [InlineData("2026-11-21T00:00+08:00", Op.After, true)]
    public void A_day_runs_from_midnight_to_midnight_where_the_asker_lives(string created, Op op, bool meets)
    {
        var row = new Case { Created = At(created) };

        Assert.Equal(meets, Meets(Condition.Where("case.created", op, "2026-11-20"), row));
        Assert.Equal(meets, Meets(Condition.Where("case.created", op, "today"), row));
    }

    [Theory]
    [InlineData("2026-03-29T12:00:00+02:00", "2026-03-28T12:00:00+01:00", true)]
    [InlineData("2026-03-29T12:00:00+02:00", "2026-03-28T11:59:59+01:00", false)]
    [InlineData("2026-10-25T12:00:00+01:00", "2026-10-24T12:00:00+02:00", true)]
    [InlineData("2026-10-25T12:00:00+01:00", "2026-10-24T11:59:59+02:00", false)]
    public void A_day_ago_is_the_same_time_on_the_wall_clock_even_when_the_clocks_changed(string now, string created, bool meets) =>
        Assert.Equal(meets, Meets(
            Condition.Where("case.created", Op.WithinLast, 1, SpanUnit.Days), new Case { Created = At(created) }, new(At(now), Berlin)));

    [Fact]
    public void What_was_made_this_very_instant_is_within_the_last_minute() =>
        Assert.True(Meets(
            Condition.Where("case.created", Op.WithinLast, 1, SpanUnit.Minutes),
            new Case { Created = Now.Now.AddTicks(7) },
            Now with { Now = Now.Now.AddTicks(7) }));

    [Fact]
    public void Hours_ago_are_hours_by_the_stopwatch() =>
        Assert.True(Meets(
            Condition.Where("case.created", Op.WithinLast, 24, SpanUnit.Hours),
            new Case { Created = At("2026-10-24T13:00:00+02:00") },
            new(At("2026-10-25T12:00:00+01:00"), Berlin)));

    [Fact]
    public void What_is_missing_meets_the_denials_and_nothing_else()
    {
        var row = new Case();

        Assert.True(Meets(Condition.Where("case.subject", Op.IsEmpty), row));
        Assert.True(Meets(Condition.Where("case.subject", Op.DoesNotContain, "退款"), row));
        Assert.True(Meets(Condition.Where("case.mood", Op.IsNot, "angry"), row));
        Assert.True(Meets(Condition.Where("client.visits", Op.IsEmpty), row));
        Assert.True(Meets(new Not(Condition.Where("client.visits", Op.LessThan, 5m)), row));
        Assert.False(Meets(Condition.Where("client.visits", Op.LessThan, 5m), row));
        Assert.False(Meets(Condition.Where("client.name", Op.Contains, "a"), row));
        Assert.False(Meets(Condition.Where("case.assignee", Op.Is, "me"), row));
    }

    [Fact]
    public void A_list_that_was_not_loaded_is_an_empty_list()
    {
        var row = new Case { Tags = null!, Labels = null!, Messages = null! };

        Assert.True(Meets(Condition.Where("case.tags", Op.IsEmpty), row));
        Assert.True(Meets(Condition.Where("case.labels", Op.NoneOf, "vip", "b2b"), row));
        Assert.False(Meets(Condition.Where("message.body", Op.Contains, "退款"), row));
    }

    [Fact]
    public void A_list_of_a_missing_parent_is_an_empty_list()
    {
        var fields = new FieldCatalogue<Envelope>(
            FieldDefinition<Envelope>.Tags("case.tags", new("标签", "Tags"), envelope => envelope.Case!.Tags.Select(tag => tag.Name)),
            FieldDefinition<Envelope>.Tags("case.labels", new("分类", "Labels"), envelope => envelope.Case!.Labels),
            FieldDefinition<Envelope>.Text("client.name", new("客户", "Customer"), envelope => envelope.Case!.Client!.Name!.Trim()));

        foreach (var field in fields.Fields)
        {
            Assert.True(Condition.Where(field.Key, Op.IsEmpty).Compile(fields, Now).Value(new Envelope(null)));
            Assert.True(Condition.Where(field.Key, Op.IsEmpty).Compile(fields, Now).Value(new Envelope(new Case())));
        }

        var full = new Envelope(new Case { Labels = ["vip"], Tags = [new CaseTag { Name = "vip" }], Client = new Client { Name = " Ada " } });
        Assert.All(fields.Fields, field => Assert.True(Condition.Where(field.Key, Op.IsSet).Compile(fields, Now).Value(full)));
        Assert.True(Condition.Where("client.name", Op.Is, "ada").Compile(fields, Now).Value(full));
    }

    [Fact]
    public void Case_and_width_do_not_matter_in_folded_text_whatever_the_culture_of_the_thread()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        try
        {
            Assert.True(Meets(Condition.Where("case.subject", Op.Contains, "ｉｎｖｏｉｃｅ"), new Case { SubjectFolded = TextFold.Fold("Your INVOICE") }));
            Assert.True(Meets(Condition.Where("client.name", Op.Is, "INGRID"), new Case { Client = new Client { Name = "ingrid" } }));
            Assert.True(Meets(Condition.Where("client.name", Op.Is, "ingrid"), new Case { Client = new Client { Name = "INGRID" } }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("*退款*", "申请退款：订单", true)]
    [InlineData("退款", "退款单", false)]
    [InlineData("退?单", "退款单", true)]
    [InlineData("?", "😀", true)]
    [InlineData("100%", "1000", false)]
    [InlineData("a_b", "axb", false)]
    [InlineData(@"\*\?\\", @"*?\", true)]
    [InlineData(@"c:\dir*", @"c:\dir\file", true)]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    public void A_pattern_fits_the_whole_text(string pattern, string text, bool fits) =>
        Assert.Equal(fits, Meets(Condition.Where("case.subject", Op.Matches, pattern), new Case { SubjectFolded = TextFold.Fold(text) }));

    [Fact]
    public void A_hostile_pattern_takes_no_time()
    {
        var pattern = Wildcard.ToLike(string.Concat(Enumerable.Repeat("*a", 400)) + "b");

        Assert.False(Wildcard.Like(new string('a', 20_000), pattern));
    }

    [Fact]
    public void A_change_at_hand_answers_what_has_changed()
    {
        var changed = Now with { Changes = [new FieldChange { Field = "case.status", From = "open", To = "solved" }] };
        var row = new Case();

        Assert.True(Meets(Condition.Where("case.status", Op.HasChanged), row, changed));
        Assert.True(Meets(Condition.Where("case.status", Op.ChangedTo, "solved"), row, changed));
        Assert.False(Meets(Condition.Where("case.status", Op.ChangedFrom, "solved"), row, changed));
        Assert.False(Meets(Condition.Where("case.mood", Op.HasChanged), row, changed));
    }

    [Fact]
    public void Working_hours_are_asked_of_a_field_or_of_now()
    {
        Assert.True(Meets(Condition.Where("case.created", Op.InWorkingHours), new Case { Created = At("2026-11-20T09:00+08:00") }));
        Assert.False(Meets(Condition.Where("case.created", Op.InWorkingHours), new Case { Created = At("2026-11-21T09:00+08:00") }));
        Assert.True(Meets(Condition.Where("now", Op.InWorkingHours), new Case()));
        Assert.False(Meets(Condition.Where("case.due", Op.InWorkingHours), new Case()));
        Assert.True(Condition.Where("now", Op.InWorkingHours).ToExpression(CaseFields.All, Now).TryGet(out _));
    }

    [Fact]
    public void Everything_and_nothing_can_be_asked()
    {
        Assert.True(Meets(Condition.Everything, new Case()));
        Assert.False(Meets(new AnyOf([]), new Case()));
    }

    [Fact]
    public void Two_fields_with_one_key_are_a_mistake_of_the_programmer() =>
        Assert.Throws<ArgumentException>(() => CaseFields.All.With(CaseFields.All.Definitions[0]));

    [Fact]
    public void A_field_that_cannot_be_compared_is_a_mistake_of_the_programmer() =>
        Assert.Throws<ArgumentException>(() => FieldDefinition<Case>.Number("case.tags", new("标签", "Tags"), row => row.Tags));

    private sealed record Envelope(Case? Case);

    private static bool Meets(Condition condition, Case row, ConditionContext? context = null) =>
        condition.Compile(CaseFields.All, context ?? Now).Value(row);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
