using System.Diagnostics.CodeAnalysis;

namespace Solodesk.Common;

/// <summary>An expected refusal: a stable code for programs, and the phrase key and values that tell a person why.</summary>
/// <param name="Code">Stable, dotted: <c>ticket.not_found</c>. It is also the phrase key below <c>problem.</c></param>
/// <param name="Values">What the phrase names.</param>
public sealed record Problem(string Code, params object[] Values)
{
    /// <summary>The field that the refusal is about, when there is one.</summary>
    public string? Field { get; init; }

    public static Problem NotFound(string what) => new($"{what}.not_found");

    public static Problem Forbidden { get; } = new("forbidden");
}

/// <summary>What a use case gives back: a value, or the reason why not.</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem)
    {
        _value = value;
        Problem = problem;
    }

    public Problem? Problem { get; }

    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    public T Value => Ok ? _value! : throw new InvalidOperationException($"No value: {Problem.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>Nothing to give back but that it was done.</summary>
public readonly record struct Done
{
    public static Done It { get; }
}
