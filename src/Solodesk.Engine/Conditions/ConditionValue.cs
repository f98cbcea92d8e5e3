using System.Globalization;

namespace Solodesk.Engine.Conditions;

/// <summary>The value of a comparison: text, a number, yes or no, several of these, or a span of time.</summary>
public abstract record ConditionValue
{
    private protected ConditionValue()
    {
    }

    /// <summary>The value as plain text, for people and for error messages.</summary>
    public abstract string Text { get; }
}

/// <summary>Text: also the key of a choice or tag, the id of a person or <c>me</c>, and a date (see <see cref="DateValue"/>).</summary>
public sealed record TextValue(string Value) : ConditionValue
{
    /// <inheritdoc/>
    public override string Text => Value;
}

/// <summary>A number.</summary>
public sealed record NumberValue(decimal Value) : ConditionValue
{
    /// <inheritdoc/>
    public override string Text => Value.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>Yes or no.</summary>
public sealed record FlagValue(bool Value) : ConditionValue
{
    /// <inheritdoc/>
    public override string Text => Value ? "true" : "false";
}

/// <summary>A list, for "any of", "none of" and "between".</summary>
public sealed record ManyValues(IReadOnlyList<ConditionValue> Items) : ConditionValue
{
    /// <inheritdoc/>
    public override string Text => string.Join(", ", Items.Select(item => item.Text));

    /// <inheritdoc/>
    public bool Equals(ManyValues? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(0, HashCode.Combine);
}

/// <summary>The unit of a span.</summary>
public enum SpanUnit
{
    /// <summary>60 seconds.</summary>
    Minutes,

    /// <summary>60 minutes.</summary>
    Hours,

    /// <summary>The same time on the wall clock so many days away; 23 or 25 hours where clocks change.</summary>
    Days,

    /// <summary>Seven days.</summary>
    Weeks,
}

/// <summary>An amount of time, for "within the last" and "within the next".</summary>
/// <param name="Amount">1 to <see cref="Most"/>.</param>
/// <param name="Unit">The unit.</param>
public sealed record SpanValue(int Amount, SpanUnit Unit) : ConditionValue
{
    /// <summary>The largest amount: 10,000.</summary>
    public const int Most = 10_000;

    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Unit.ToString().ToLowerInvariant()}");
}
