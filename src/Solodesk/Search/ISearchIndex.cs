using Solodesk.Data;

namespace Solodesk.Search;

/// <summary>Full text over tickets and messages, kept by the database itself. Both databases see the same tokens.</summary>
public interface ISearchIndex
{
    /// <summary>Adds one text inside the caller's transaction.</summary>
    Task AddAsync(DeskDb db, Guid ticket, Guid? message, string text, CancellationToken ct);

    /// <summary>Tickets whose texts hold all the words: of the newest such texts, first where the subject holds them, then by how many texts do, then the newest.</summary>
    Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, CancellationToken ct);
}
