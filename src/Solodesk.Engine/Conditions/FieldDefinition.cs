using System.Linq.Expressions;

namespace Solodesk.Engine.Conditions;

/// <summary>A field as the editor and the sentence know it, without its object.</summary>
public abstract class FieldDefinition
{
    private protected FieldDefinition(string key, FieldKind kind, LocalText label, IReadOnlyList<Choice> choices)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        (Key, Kind, Label, Choices) = (key, kind, label, choices);
    }

    /// <summary>The stored key: <c>ticket.status</c>, <c>message.body</c>, <c>ticket.custom.size</c>. It never changes.</summary>
    public string Key { get; }

    /// <summary>What the field holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>The name that people see.</summary>
    public LocalText Label { get; }

    /// <summary>The values to choose from; empty when any value may be written.</summary>
    public IReadOnlyList<Choice> Choices { get; }

    /// <summary>The operators that fit, the usual ones first.</summary>
    public IReadOnlyList<ConditionOperator> Operators => Conditions.Operators.For(Kind);
}

/// <summary>
/// A field of <typeparamref name="T"/>, declared once beside it: key, kind, label, and the expression that reads it both
/// from an object and in SQL.
/// </summary>
/// <remarks>
/// The expression must be one that EF Core translates: properties, navigations, and projections of children such as
/// <c>t => t.Tags.Select(tag => tag.Name)</c>. Objects on the way may be missing. The factories whose names begin with
/// <c>Each</c> take many values of which one must fit; two comparisons may be met by two different ones.
/// </remarks>
#pragma warning disable CA1000 // factories on the generic type: the object is named once per catalogue, by an alias, and never inferred
public sealed class FieldDefinition<T> : FieldDefinition
{
    private FieldDefinition(
        string key, FieldKind kind, LocalText label, LambdaExpression? accessor, bool each, IReadOnlyList<Choice>? choices = null, bool folded = false)
        : base(key, kind, label, choices ?? [])
    {
        (Accessor, Each, Folded) = (accessor, each, folded);
        var type = accessor?.ReturnType ?? typeof(DateTimeOffset);
        ElementType = each ? ElementOf(type) : type;
    }

    /// <summary>Reads the field; null for <see cref="Now"/>, which is no field of the object.</summary>
    public LambdaExpression? Accessor { get; }

    /// <summary>Whether <see cref="Accessor"/> gives many values.</summary>
    public bool Each { get; }

    /// <summary>Whether the text was folded by <see cref="TextFold.Fold"/> when it was stored.</summary>
    public bool Folded { get; }

    /// <summary>The type of one value.</summary>
    public Type ElementType { get; }

    /// <summary>Text. See <paramref name="folded"/> for case.</summary>
    /// <param name="key">The stored key.</param>
    /// <param name="label">The name.</param>
    /// <param name="accessor">Reads the text.</param>
    /// <param name="folded">
    /// Whether the accessor reads a column stored through <see cref="TextFold.Fold"/>. Prefer that where it is short: an index serves, and nothing
    /// is folded when it is asked. Otherwise each value is folded by <see cref="TextFold.FoldMethod"/> as the model maps it.
    /// </param>
    /// <param name="isLong">Whether the text may be long (<see cref="FieldKind.LongText"/>).</param>
    public static FieldDefinition<T> Text(
        string key, LocalText label, Expression<Func<T, string?>> accessor, bool folded = false, bool isLong = false) =>
        new(key, isLong ? FieldKind.LongText : FieldKind.Text, label, accessor, each: false, folded: folded);

    /// <summary>Texts, such as the bodies of all messages; parameters as <see cref="Text"/>.</summary>
    public static FieldDefinition<T> EachText(
        string key, LocalText label, Expression<Func<T, IEnumerable<string?>>> accessor, bool folded = false, bool isLong = false) =>
        new(key, isLong ? FieldKind.LongText : FieldKind.Text, label, accessor, each: true, folded: folded);

    /// <summary>A number: <c>int</c>, <c>long</c>, <c>double</c> or <c>decimal</c>, or nullable.</summary>
    public static FieldDefinition<T> Number<TNumber>(string key, LocalText label, Expression<Func<T, TNumber>> accessor) =>
        new FieldDefinition<T>(key, FieldKind.Number, label, accessor, each: false).Of(typeof(int), typeof(long), typeof(double), typeof(decimal));

    /// <summary>Numbers, such as those of a custom field kept in rows.</summary>
    public static FieldDefinition<T> EachNumber<TNumber>(string key, LocalText label, Expression<Func<T, IEnumerable<TNumber>>> accessor) =>
        new FieldDefinition<T>(key, FieldKind.Number, label, accessor, each: true).Of(typeof(int), typeof(long), typeof(double), typeof(decimal));

    /// <summary>Yes or no; may be missing.</summary>
    public static FieldDefinition<T> Boolean(string key, LocalText label, Expression<Func<T, bool?>> accessor) =>
        new(key, FieldKind.Boolean, label, accessor, each: false);

    /// <summary>Yes or no of a custom field kept in rows.</summary>
    public static FieldDefinition<T> EachBoolean(string key, LocalText label, Expression<Func<T, IEnumerable<bool?>>> accessor) =>
        new(key, FieldKind.Boolean, label, accessor, each: true);

    /// <summary>An instant; may be missing.</summary>
    public static FieldDefinition<T> Date(string key, LocalText label, Expression<Func<T, DateTimeOffset?>> accessor) =>
        new(key, FieldKind.Date, label, accessor, each: false);

    /// <summary>Instants, such as those of all messages.</summary>
    public static FieldDefinition<T> EachDate(string key, LocalText label, Expression<Func<T, IEnumerable<DateTimeOffset?>>> accessor) =>
        new(key, FieldKind.Date, label, accessor, each: true);

    /// <summary>The instant at which the condition is asked, for "now is in working hours".</summary>
    public static FieldDefinition<T> Now(string key, LocalText label) => new(key, FieldKind.Date, label, accessor: null, each: false);

    /// <summary>One of several values: an enum (stored by its name) or a string.</summary>
    public static FieldDefinition<T> Choice<TValue>(
        string key, LocalText label, Expression<Func<T, TValue>> accessor, params IReadOnlyList<Choice> choices) =>
        new FieldDefinition<T>(key, FieldKind.Choice, label, accessor, each: false, choices).Of(typeof(string), typeof(Enum));

    /// <summary>A choice of a custom field kept in rows.</summary>
    public static FieldDefinition<T> EachChoice<TValue>(
        string key, LocalText label, Expression<Func<T, IEnumerable<TValue>>> accessor, params IReadOnlyList<Choice> choices) =>
        new FieldDefinition<T>(key, FieldKind.Choice, label, accessor, each: true, choices).Of(typeof(string), typeof(Enum));

    /// <summary>Tags or several choices, compared exactly. Without choices any tag may be written.</summary>
    public static FieldDefinition<T> Tags(
        string key, LocalText label, Expression<Func<T, IEnumerable<string?>>> accessor, params IReadOnlyList<Choice> choices) =>
        new(key, FieldKind.Tags, label, accessor, each: true, choices);

    /// <summary>A reference by id: <c>Guid</c>, <c>Guid?</c> or a string. Choices name those who can be referred to, for the editor and the sentence.</summary>
    public static FieldDefinition<T> Person<TId>(string key, LocalText label, Expression<Func<T, TId>> accessor, params IReadOnlyList<Choice> choices) =>
        new FieldDefinition<T>(key, FieldKind.Person, label, accessor, each: false, choices).Of(typeof(string), typeof(Guid));

    /// <summary>References, such as the followers of a ticket; parameters as <see cref="Person"/>.</summary>
    public static FieldDefinition<T> EachPerson<TId>(string key, LocalText label, Expression<Func<T, IEnumerable<TId>>> accessor, params IReadOnlyList<Choice> choices) =>
        new FieldDefinition<T>(key, FieldKind.Person, label, accessor, each: true, choices).Of(typeof(string), typeof(Guid));

    private FieldDefinition<T> Of(params ReadOnlySpan<Type> allowed)
    {
        var type = Nullable.GetUnderlyingType(ElementType) ?? ElementType;
        foreach (var each in allowed)
        {
            if (type.IsAssignableTo(each))
            {
                return this;
            }
        }

        throw new ArgumentException($"The field “{Key}” ({Kind}) cannot be read as {type.Name}.");
    }

    private static Type ElementOf(Type type) =>
        type.GetInterfaces().Append(type)
            .First(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .GetGenericArguments()[0];
}
