using System.Globalization;

namespace Solodesk.Engine.Conditions;

/// <summary>Why a condition cannot be used.</summary>
public enum ConditionFault
{
    /// <summary>The stored text is not a condition.</summary>
    Unreadable,

    /// <summary>Groups are nested deeper, or comparisons are more, than the limits of <see cref="Condition"/>.</summary>
    TooLarge,

    /// <summary>No field has the key.</summary>
    UnknownField,

    /// <summary>No operator has the name.</summary>
    UnknownOperator,

    /// <summary>The operator exists but does not fit the kind of the field.</summary>
    UnfitOperator,

    /// <summary>The value is missing, too long or not of the kind that the field and operator need.</summary>
    UnfitValue,

    /// <summary>The value is none of those that the field can have.</summary>
    UnknownChoice,

    /// <summary>"has changed" was asked where no changes are at hand.</summary>
    NoChanges,

    /// <summary>"in working hours" was asked without business hours.</summary>
    NoBusinessHours,

    /// <summary>The comparison can be made on one object only, not by the database.</summary>
    NotInSql,
}

/// <summary>One thing that is wrong with a condition: an expected refusal, not an exception.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Field">The key of the field concerned; null when the whole condition is.</param>
/// <param name="Detail">The operator, value or place concerned.</param>
public sealed record ConditionProblem(ConditionFault Fault, string? Field = null, string? Detail = null)
{
    /// <summary>The problem in one sentence that names the field.</summary>
    public string ToSentence(CultureInfo culture) => new LocalText(Zh, En).In(culture);

    private string En => Fault switch
    {
        ConditionFault.Unreadable => $"The stored condition cannot be read: {Detail}.",
        ConditionFault.TooLarge => $"The condition is too large: {Detail}.",
        ConditionFault.UnknownField => $"There is no field “{Field}”.",
        ConditionFault.UnknownOperator => $"“{Field}” is compared by “{Detail}”, which does not exist.",
        ConditionFault.UnfitOperator => $"“{Field}” cannot be compared by “{Detail}”.",
        ConditionFault.UnfitValue => $"“{Detail}” is not a value that “{Field}” can be compared with.",
        ConditionFault.UnknownChoice => $"“{Field}” has no value “{Detail}”.",
        ConditionFault.NoChanges => $"Whether “{Field}” has changed is not known here.",
        ConditionFault.NoBusinessHours => $"“{Field}” is compared with business hours, but none are set.",
        ConditionFault.NotInSql => $"“{Field}” cannot be compared by “{Detail}” in a list, only on a single item.",
        _ => throw new InvalidOperationException(),
    };

    private string Zh => Fault switch
    {
        ConditionFault.Unreadable => $"无法读取已保存的条件：{Detail}。",
        ConditionFault.TooLarge => $"条件过大：{Detail}。",
        ConditionFault.UnknownField => $"没有字段“{Field}”。",
        ConditionFault.UnknownOperator => $"字段“{Field}”使用了不存在的比较方式“{Detail}”。",
        ConditionFault.UnfitOperator => $"字段“{Field}”不能使用比较方式“{Detail}”。",
        ConditionFault.UnfitValue => $"字段“{Field}”不能与“{Detail}”比较。",
        ConditionFault.UnknownChoice => $"字段“{Field}”没有取值“{Detail}”。",
        ConditionFault.NoChanges => $"此处无法得知字段“{Field}”是否变更。",
        ConditionFault.NoBusinessHours => $"字段“{Field}”要与工作时间比较，但尚未设置工作时间。",
        ConditionFault.NotInSql => $"字段“{Field}”的比较方式“{Detail}”只能用于单个对象，不能用于列表。",
        _ => throw new InvalidOperationException(),
    };
}
