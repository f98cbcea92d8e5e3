using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Conditions;

/// <summary>What kind of value an operator takes.</summary>
public enum OperatorValue
{
    /// <summary>None.</summary>
    None,

    /// <summary>One value.</summary>
    One,

    /// <summary>A list of values.</summary>
    Many,

    /// <summary>Two values, the first not greater than the second.</summary>
    Pair,

    /// <summary>An amount of minutes, hours, days or weeks.</summary>
    Span,
}

/// <summary>The operators as the editor and the stored form know them.</summary>
public static class Operators
{
    /// <summary>Most values in one list, and most characters in one text.</summary>
    internal const int MostValues = 500, LongestText = 1000;

    private static readonly Op[] Presence = [Op.IsSet, Op.IsEmpty];
    private static readonly Op[] Changes = [Op.HasChanged, Op.ChangedFrom, Op.ChangedTo];
    private static readonly Op[] Keys = [Op.Is, Op.IsNot, Op.AnyOf, Op.NoneOf, .. Presence, .. Changes];

    private static readonly Dictionary<FieldKind, Op[]> ByKind = new()
    {
        [FieldKind.Text] = [Op.Contains, Op.DoesNotContain, Op.Is, Op.IsNot, Op.AnyOf, Op.NoneOf, Op.StartsWith, Op.Matches, .. Presence, .. Changes],
        [FieldKind.LongText] = [Op.Contains, Op.DoesNotContain, Op.StartsWith, Op.Matches, .. Presence, Op.HasChanged],
        [FieldKind.Number] = [Op.Is, Op.IsNot, Op.MoreThan, Op.LessThan, Op.Between, Op.AnyOf, Op.NoneOf, .. Presence, .. Changes],
        [FieldKind.Boolean] = [Op.Is, Op.IsNot, .. Presence, .. Changes],
        [FieldKind.Date] = [Op.WithinLast, Op.WithinNext, Op.Before, Op.After, Op.Between, Op.Is, Op.IsNot, .. Presence, Op.InWorkingHours, Op.HasChanged],
        [FieldKind.Choice] = Keys,
        [FieldKind.Tags] = Keys,
        [FieldKind.Person] = Keys,
    };

    private static readonly Dictionary<string, Op> ByName =
        Enum.GetValues<Op>().ToDictionary(each => each.StoredName(), StringComparer.Ordinal);

    /// <summary>The operators that fit a kind of field, the usual ones first.</summary>
    public static IReadOnlyList<Op> For(FieldKind kind) => ByKind[kind];

    /// <summary>What value an operator takes.</summary>
    public static OperatorValue Takes(this Op op) => op switch
    {
        Op.IsSet or Op.IsEmpty or Op.HasChanged or Op.InWorkingHours => OperatorValue.None,
        Op.AnyOf or Op.NoneOf => OperatorValue.Many,
        Op.Between => OperatorValue.Pair,
        Op.WithinLast or Op.WithinNext => OperatorValue.Span,
        Op.Is or Op.IsNot or Op.Contains or Op.DoesNotContain or Op.StartsWith or Op.Matches or Op.Before or Op.After or Op.MoreThan or Op.LessThan
            or Op.ChangedFrom or Op.ChangedTo => OperatorValue.One,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>The name in stored JSON: the member's name with a small first letter. It never changes.</summary>
    public static string StoredName(this Op op)
    {
        var name = op.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Finds an operator by its stored name.</summary>
    public static bool TryFind(string? name, out Op op)
    {
        op = default;
        return name is not null && ByName.TryGetValue(name, out op);
    }
}
