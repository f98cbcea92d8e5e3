using System.Linq.Expressions;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>Comparisons of choices, tags and references: equal by key, exactly.</summary>
internal static class KeyLeaf
{
    private const string Me = "me";

    public static Func<Expression, Expression>? Of(Asked asked)
    {
        if (Keys(asked) is not { } keys)
        {
            return null;
        }

        return value => Build.Guarded(value, x =>
        {
            var values = keys.Select(key => InTypeOf(x.Type, key.Text)).OfType<object>().ToList();
            return values.Count switch
            {
                0 => Build.False,
                1 => Expression.Equal(x, Build.Parameter(values[0], x.Type)),
                _ => Build.In(x, values),
            };
        });
    }

    /// <summary>The key as a change records it; empty, which no change records, for <c>me</c> when no one asks.</summary>
    public static string? AsChanged(Asked asked) =>
        Keys(asked) is { } keys ? (keys[0].Text is { } key ? InTypeOf(asked.ElementType, key) is Guid id ? id.ToString() : key : "") : null;

    private static List<Key>? Keys(Asked asked) => asked.Converted(value =>
    {
        if (value is not TextValue { Value: { Length: > 0 and <= Operators.LongestText } text } || !TextFold.IsStorable(text))
        {
            return asked.Refused<Key>(detail: value.Text);
        }

        if (asked.Field.Kind == FieldKind.Person && text == Me)
        {
            // "me" is nobody when no one asks, and then nothing matches.
            return new Key(asked.Context.Me);
        }

        // Who is referred to may have left since; an id that nobody has any more fits nothing, but is no mistake.
        var known = asked.Field.Choices.Count == 0 || asked.Field.Kind == FieldKind.Person || asked.Field.Choices.Any(choice => choice.Value == text);
        return known && InTypeOf(asked.ElementType, text) is not null
            ? new Key(text)
            : asked.Refused<Key>(asked.Field.Kind == FieldKind.Person ? ConditionFault.UnfitValue : ConditionFault.UnknownChoice, text);
    });

    private static object? InTypeOf(Type type, string? key)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (key is null)
        {
            return null;
        }

        if (plain == typeof(Guid))
        {
            return Guid.TryParse(key, out var id) ? id : null;
        }

        // Enum.TryParse would also take "3" and "A, B"
        return plain.IsEnum
            ? Enum.GetNames(plain).FirstOrDefault(name => name.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(plain, name)
                : null
            : key;
    }

    private sealed record Key(string? Text);
}
