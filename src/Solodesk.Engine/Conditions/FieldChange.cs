namespace Solodesk.Engine.Conditions;

/// <summary>One change of one field, as an event recorded it. Values are written as a <see cref="ConditionValue"/> writes them.</summary>
public sealed record FieldChange
{
    /// <summary>The key of the field.</summary>
    public required string Field { get; init; }

    /// <summary>The value before: the key of a choice, the id of a person, <c>true</c>, <c>2.5</c>, or text; null when there was none.</summary>
    /// <remarks>A tag that was added is a change from null to the tag, one that was removed a change from the tag to null.</remarks>
    public string? From { get; init; }

    /// <summary>The value after, written like <see cref="From"/>.</summary>
    public string? To { get; init; }
}
