using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

internal enum DemoStepKind { Said, Answered, Noted, Status, Priority, Tagged, Snoozed, Failed, Acknowledged }

/// <summary>One thing that happens in a conversation.</summary>
internal sealed record DemoStep(DemoStepKind Kind, DateTimeOffset At, string Text = "")
{
    public TicketStatus? Status { get; init; }
    public TicketPriority Priority { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? Quoted { get; init; }
    public string? Channel { get; init; }
    public IReadOnlyList<DemoFile> Files { get; init; } = [];

    /// <summary>The desk did it by itself.</summary>
    public bool BySystem { get; init; }
}

/// <summary>A file of a message: its bytes follow from its kind and seed.</summary>
internal sealed record DemoFile(string Name, string Kind, int Seed);

/// <summary>A conversation before it has a number.</summary>
internal sealed record DemoPlan(DemoPerson Person, string Subject, string Channel, string Category, IReadOnlyList<DemoStep> Steps)
{
    public TicketType Type { get; init; } = TicketType.Question;
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;
    public IReadOnlyList<string> Tags { get; init; } = [];
    public Dictionary<string, string> Custom { get; init; } = [];
    public bool Spam { get; init; }
    public bool Read { get; init; } = true;
    public DateTimeOffset CreatedAt => Steps[0].At;
}
