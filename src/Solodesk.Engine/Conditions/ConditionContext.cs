using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Conditions;

/// <summary>What a condition needs to know beside the object: when, where and for whom it is asked.</summary>
/// <param name="Now">The instant that relative dates count from.</param>
/// <param name="Zone">The zone in which "today" and "two days ago" are meant.</param>
/// <param name="Hours">The business hours of "in working hours".</param>
/// <param name="Me">The id of the person that <c>me</c> stands for; null for nobody, whom nothing matches.</param>
/// <param name="Changes">The changes of the one object that is asked about, for "has changed"; null when there is no such event.</param>
/// <param name="WeekStart">The day on which "this week" begins.</param>
public sealed record ConditionContext(
    DateTimeOffset Now,
    TimeZoneInfo Zone,
    BusinessHours? Hours = null,
    string? Me = null,
    IReadOnlyList<FieldChange>? Changes = null,
    DayOfWeek WeekStart = DayOfWeek.Monday);
