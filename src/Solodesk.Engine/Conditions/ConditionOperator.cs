namespace Solodesk.Engine.Conditions;

/// <summary>How a field is compared. A missing value fits no operator except those that deny.</summary>
/// <remarks>
/// <see cref="IsNot"/>, <see cref="NoneOf"/>, <see cref="DoesNotContain"/> and <see cref="IsEmpty"/> are exactly the denial of
/// <see cref="Is"/>, <see cref="AnyOf"/>, <see cref="Contains"/> and <see cref="IsSet"/>, so they hold for what is missing.
/// For fields with many values an operator asks whether one of them fits.
/// </remarks>
public enum ConditionOperator
{
    /// <summary>Equal; a date lies on the day, in the week … named; a list of tags holds the tag.</summary>
    Is,

    /// <summary>Not <see cref="Is"/>.</summary>
    IsNot,

    /// <summary>Equal to one of a list.</summary>
    AnyOf,

    /// <summary>Not <see cref="AnyOf"/>.</summary>
    NoneOf,

    /// <summary>The text occurs.</summary>
    Contains,

    /// <summary>Not <see cref="Contains"/>.</summary>
    DoesNotContain,

    /// <summary>The text stands at the beginning.</summary>
    StartsWith,

    /// <summary>The whole text fits a pattern of <c>*</c> (anything) and <c>?</c> (one character); a backslash takes their meaning away.</summary>
    Matches,

    /// <summary>There is a value, and text is not empty.</summary>
    IsSet,

    /// <summary>Not <see cref="IsSet"/>.</summary>
    IsEmpty,

    /// <summary>Before the instant, or before the first instant of the day, week …</summary>
    Before,

    /// <summary>After the instant, or after the last instant of the day, week …</summary>
    After,

    /// <summary>Not later than now and not earlier than the span ago.</summary>
    WithinLast,

    /// <summary>Not earlier than now and not later than the span ahead.</summary>
    WithinNext,

    /// <summary>Greater.</summary>
    MoreThan,

    /// <summary>Less.</summary>
    LessThan,

    /// <summary>From the first to the second value, both included.</summary>
    Between,

    /// <summary>The field is among the changes at hand.</summary>
    HasChanged,

    /// <summary>The field changed and had the value before.</summary>
    ChangedFrom,

    /// <summary>The field changed and has the value now.</summary>
    ChangedTo,

    /// <summary>The instant lies in business hours. Evaluated on objects only, and in SQL for the field "now".</summary>
    InWorkingHours,
}
