namespace Solodesk.Knowledge.Answers;

/// <summary>How questions are matched with articles, and who may ask over the network.</summary>
public sealed record AnswerSettings
{
    /// <summary>From this probability on an answer is given; below it a person is asked.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The founder's groups of words that mean the same, one group a line, beside those that come with the desk.</summary>
    public string Synonyms { get; init; } = "";

    /// <summary>Sites whose pages may call <c>/support</c>, one origin a line; <c>*</c> for all, empty for none but our own.</summary>
    public string Origins { get; init; } = "*";

    /// <summary>Calls of <c>/support</c> from one address in a minute.</summary>
    public int PerMinute { get; init; } = 60;
}

/// <summary>Weights of the ranking as learned from what was used; empty while nothing was.</summary>
public sealed record LearnedRanking
{
    public IReadOnlyList<double> Spaced { get; init; } = [];
    public IReadOnlyList<double> Dense { get; init; } = [];
    public int Observations { get; init; }
}
