namespace Solodesk.Tickets.Complaints;

/// <summary>What is promised to those who complain, and what closing asks for.</summary>
public sealed record ComplaintSettings
{
    /// <summary>Complaints have a promise of their own, whatever the others have.</summary>
    public bool OwnPromise { get; init; } = true;

    public ComplaintPromise Minor { get; init; } = new(8, 24);
    public ComplaintPromise Serious { get; init; } = new(4, 16);
    public ComplaintPromise Critical { get; init; } = new(1, 8);

    /// <summary>A complaint is solved only with a resolution and a closing summary.</summary>
    public bool AskClosing { get; init; } = true;

    /// <summary>One whose severity nobody has judged yet counts as serious.</summary>
    public ComplaintPromise For(ComplaintSeverity? severity) => severity switch
    {
        ComplaintSeverity.Minor => Minor,
        ComplaintSeverity.Critical => Critical,
        ComplaintSeverity.Serious or null => Serious,
    };
}

/// <summary>A promise in working hours.</summary>
public sealed record ComplaintPromise(double FirstResponseHours, double ResolutionHours);
