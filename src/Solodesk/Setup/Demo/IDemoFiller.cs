using Solodesk.Data;

namespace Solodesk.Setup.Demo;

/// <summary>What a leaf feature adds to the made-up company, in the same transaction, after the tickets are there.</summary>
internal interface IDemoFiller
{
    Task FillAsync(DeskDb db, DemoScene scene, CancellationToken ct);
}

/// <summary>What a filler needs to know of the company.</summary>
/// <param name="Founder">The founder's id.</param>
/// <param name="FounderName">The founder's name.</param>
/// <param name="Now">The moment whose last year it is.</param>
internal sealed record DemoScene(Guid Founder, string FounderName, DateTimeOffset Now);
