using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Setup;

/// <summary>What a leaf feature prepares for a kind of business, in the same transaction as the rest.</summary>
internal interface IIndustryStarter
{
    /// <summary>The phrase that says what they are.</summary>
    string Name { get; }

    /// <summary>What will be prepared, by its titles; empty for a business that starts blank.</summary>
    IReadOnlyList<string> Titles(string industry, string language);

    /// <summary>Takes back a former choice: what nobody has touched or used.</summary>
    Task ForgetAsync(DeskDb db, string industry, string language, CancellationToken ct);

    Task FillAsync(DeskDb db, Actor actor, string industry, string language, CancellationToken ct);
}
