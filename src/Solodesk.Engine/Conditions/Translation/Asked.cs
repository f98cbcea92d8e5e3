namespace Solodesk.Engine.Conditions.Translation;

/// <summary>One comparison to be translated, and where its problems go.</summary>
internal sealed record Asked(
    FieldDefinition Field,
    Type ElementType,
    bool Folded,
    ConditionOperator Operator,
    ConditionValue? Value,
    ConditionContext Context,
    bool InSql,
    List<ConditionProblem> Problems)
{
    /// <summary>The values of the comparison, whether it takes one or many; null, with a problem, when their number is wrong.</summary>
    public IReadOnlyList<ConditionValue>? Values => (Operator.Takes(), Value) switch
    {
        (OperatorValue.One, TextValue or NumberValue or FlagValue) => [Value],
        (OperatorValue.Many, ManyValues { Items: { Count: > 0 and <= Operators.MostValues } items }) => items,
        (OperatorValue.Pair, ManyValues { Items: { Count: 2 } items }) => items,
        _ => Refused<IReadOnlyList<ConditionValue>>(),
    };

    /// <summary>Notes that a value (or its absence) does not fit, and gives null.</summary>
    public TNothing? Refused<TNothing>(ConditionFault fault = ConditionFault.UnfitValue, string? detail = null)
        where TNothing : class
    {
        Problems.Add(new ConditionProblem(fault, Field.Key, detail ?? Value?.Text ?? ""));
        return null;
    }

    /// <summary>All values converted, or null when one of them does not fit.</summary>
    public List<TValue>? Converted<TValue>(Func<ConditionValue, TValue?> convert)
        where TValue : class
    {
        if (Values is not { } values)
        {
            return null;
        }

        var converted = new List<TValue>(values.Count);
        foreach (var value in values)
        {
            if (convert(value) is not { } one)
            {
                return null;
            }

            converted.Add(one);
        }

        return converted;
    }
}
