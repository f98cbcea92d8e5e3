using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Solodesk.Engine.Conditions.Translation;

namespace Solodesk.Engine.Conditions;

/// <summary>
/// A filter over objects of any kind: a tree of all / any / not with comparisons as leaves. Stored as JSON, read as a
/// sentence, evaluated on one object, and translated to SQL; the last two always agree.
/// </summary>
/// <remarks>Immutable; two conditions are equal when their trees are.</remarks>
[JsonConverter(typeof(ConditionJsonConverter))]
public abstract record Condition
{
    /// <summary>Most levels of groups within groups.</summary>
    public const int DeepestNesting = 16;

    /// <summary>Most comparisons in one condition.</summary>
    public const int MostComparisons = 200;

    private protected Condition()
    {
    }

    /// <summary>The condition that everything meets.</summary>
    public static Condition Everything { get; } = new AllOf([]);

    /// <summary>A comparison that needs no value.</summary>
    public static Comparison Where(string field, ConditionOperator op) => new(field, op);

    /// <summary>A comparison with a text, key, id or date.</summary>
    public static Comparison Where(string field, ConditionOperator op, string value) => new(field, op, new TextValue(value));

    /// <summary>A comparison with a number.</summary>
    public static Comparison Where(string field, ConditionOperator op, decimal value) => new(field, op, new NumberValue(value));

    /// <summary>A comparison with yes or no.</summary>
    public static Comparison Where(string field, ConditionOperator op, bool value) => new(field, op, new FlagValue(value));

    /// <summary>A comparison with a list of texts, keys, ids or dates.</summary>
    public static Comparison Where(string field, ConditionOperator op, params IReadOnlyList<string> values) =>
        new(field, op, new ManyValues([.. values.Select(value => new TextValue(value))]));

    /// <summary>A comparison with two numbers, for "between".</summary>
    public static Comparison Where(string field, ConditionOperator op, decimal first, decimal second) =>
        new(field, op, new ManyValues([new NumberValue(first), new NumberValue(second)]));

    /// <summary>A comparison with a span of time.</summary>
    public static Comparison Where(string field, ConditionOperator op, int amount, SpanUnit unit) =>
        new(field, op, new SpanValue(amount, unit));

    /// <summary>Reads what <see cref="ToJson"/> wrote. Fields are not looked up here; see <see cref="Check{T}"/>.</summary>
    public static Outcome<Condition> Parse(string json) => ConditionJson.Read(json);

    /// <summary>The condition as JSON, always in the same shape and order.</summary>
    public string ToJson() => ConditionJson.Write(this);

    /// <summary>Everything that is wrong with the condition for objects of this kind; empty when it can be evaluated.</summary>
    /// <param name="catalogue">The fields.</param>
    /// <param name="context">When, where and for whom.</param>
    /// <param name="inSql">Whether it must also be expressible in SQL.</param>
    public IReadOnlyList<ConditionProblem> Check<T>(FieldCatalogue<T> catalogue, ConditionContext context, bool inSql = true) =>
        Translator<T>.Translate(this, catalogue, context, inSql).Problems;

    /// <summary>The condition as a function. Missing objects on the way to a field are missing values.</summary>
    /// <param name="catalogue">The fields.</param>
    /// <param name="context">When, where and for whom; the function holds it: its "now" stands still.</param>
    /// <param name="once">Whether it is called a few times only: quicker to make, slower to run.</param>
    /// <returns>The function, or what is wrong.</returns>
    public Outcome<Func<T, bool>> Compile<T>(FieldCatalogue<T> catalogue, ConditionContext context, bool once = false)
    {
        var translated = Translator<T>.Translate(this, catalogue, context, inSql: false);
        return translated.TryGet(out var expression)
            ? new(InMemory.Prepare(expression).Compile(preferInterpretation: once))
            : new(translated.Problems);
    }

    /// <summary>The condition as an expression that EF Core translates on SQLite and PostgreSQL.</summary>
    /// <returns>The expression, or what is wrong.</returns>
    /// <remarks>
    /// Values are parameters, not constants. "starts with" and "matches" call <see cref="Wildcard.Like"/>, which the model must
    /// map to SQL LIKE; its documentation shows how.
    /// </remarks>
    public Outcome<Expression<Func<T, bool>>> ToExpression<T>(FieldCatalogue<T> catalogue, ConditionContext context) =>
        Translator<T>.Translate(this, catalogue, context, inSql: true);

    /// <summary>The condition as a person reads it: <c>Status is open and (Priority is urgent or Tags include “vip”)</c>.</summary>
    /// <remarks>What the catalogue does not know is shown by its key, so that a broken condition can be read and mended.</remarks>
    public string ToSentence(FieldCatalogue catalogue, CultureInfo culture) => new Sentence(catalogue, culture).Of(this);
}

/// <summary>Met when every part is met; met by everything when there is none.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    /// <inheritdoc/>
    public bool Equals(AllOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);
}

/// <summary>Met when one part is met; met by nothing when there is none.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    /// <inheritdoc/>
    public bool Equals(AnyOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);
}

/// <summary>Met when the part is not.</summary>
public sealed record Not(Condition Part) : Condition;

/// <summary>One field compared with a value.</summary>
/// <param name="Field">The key of the field, such as <c>ticket.status</c>.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Value">The value, where the operator takes one.</param>
public sealed record Comparison(string Field, ConditionOperator Operator, ConditionValue? Value = null) : Condition;
