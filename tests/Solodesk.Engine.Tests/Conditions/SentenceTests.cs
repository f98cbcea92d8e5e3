using System.Globalization;
using FsCheck.Fluent;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

public sealed class SentenceTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    public static TheoryData<Condition, string, string> Sentences => new()
    {
        { Condition.Where("case.status", Op.Is, "open"), "Status is open", "状态是待处理" },
        { Condition.Where("case.status", Op.NoneOf, "open", "solved"), "Status is none of open or solved", "状态不是待处理、已解决中的任何一个" },
        { Condition.Where("case.tags", Op.AnyOf, "vip", "b2b"), "Tags include any of “vip” or “b2b”", "标签包含“vip”、“b2b”之一" },
        { Condition.Where("case.subject", Op.Contains, "退款"), "Subject contains “退款”", "主题包含“退款”" },
        { Condition.Where("case.created", Op.WithinLast, 1, SpanUnit.Weeks), "Created is within the last 1 week", "创建时间在过去 1 周内" },
        { Condition.Where("case.due", Op.WithinNext, 90, SpanUnit.Minutes), "Due is within the next 90 minutes", "到期时间在未来 90 分钟内" },
        { Condition.Where("case.due", Op.Between, "today", "2026-12-31"), "Due is between today and 2026-12-31", "到期时间介于今天和2026-12-31之间" },
        { Condition.Where("case.assignee", Op.Is, "me"), "Assignee is me", "负责人是我" },
        { Condition.Where("case.value", Op.MoreThan, 2.50m), "Value is more than 2.5", "金额大于 2.5" },
        { Condition.Where("case.satisfied", Op.Is, false), "Satisfied is no", "满意是“否”" },
        { Condition.Where("case.status", Op.ChangedTo, "solved"), "Status changed to solved", "状态变更为已解决" },
        { Condition.Where("now", Op.InWorkingHours), "Now is in working hours", "现在在工作时间内" },
        { Condition.Where("case.nothing", Op.Is), "case.nothing is …", "case.nothing是…" },
        { Condition.Everything, "everything", "全部" },
        {
            new AllOf([
                Condition.Where("case.status", Op.Is, "open"),
                new AnyOf([Condition.Where("case.mood", Op.Is, "angry"), new Not(Condition.Where("case.paid", Op.Is, true))])]),
            "Status is open and (Mood is angry or not (Paid is yes))",
            "状态是待处理，并且（情绪是生气，或者不满足（已付款是“是”））"
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_condition_reads_as_a_sentence_in_both_languages(Condition condition, string english, string chinese)
    {
        Assert.Equal(english, condition.ToSentence(CaseFields.All, English));
        Assert.Equal(chinese, condition.ToSentence(CaseFields.All, Chinese));
    }

    [Fact]
    public void Every_condition_can_be_read_aloud() => Sla.Calendars.Check(
        Prop.ForAll(Cases.Tree.ToArbitrary(), condition =>
            condition.ToSentence(CaseFields.All, English).Length > 0 && condition.ToSentence(CaseFields.All, Chinese).Length > 0),
        500);
}
