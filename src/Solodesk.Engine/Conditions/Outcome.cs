using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Solodesk.Engine.Conditions;

/// <summary>A value, or the problems that stood in its way.</summary>
public sealed class Outcome<TValue>
    where TValue : class
{
    private readonly TValue? _value;

    internal Outcome(TValue value) => (_value, Problems) = (value, []);

    internal Outcome(IReadOnlyList<ConditionProblem> problems) => Problems = problems;

    /// <summary>What is wrong, in the order of the condition; empty when there is a value.</summary>
    public IReadOnlyList<ConditionProblem> Problems { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none. To ask first, use <see cref="TryGet"/>.</exception>
    public TValue Value => _value ?? throw new InvalidOperationException(Problems[0].ToSentence(CultureInfo.InvariantCulture));

    /// <summary>Gives the value if there is one.</summary>
    public bool TryGet([NotNullWhen(true)] out TValue? value)
    {
        value = _value;
        return value is not null;
    }
}
