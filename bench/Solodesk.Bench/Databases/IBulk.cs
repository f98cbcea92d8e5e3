using Solodesk.Bench.Seeding;

namespace Solodesk.Bench.Databases;

/// <summary>The fast way in: rows past every rule, all or nothing as far as the database can.</summary>
internal interface IBulk : IDisposable
{
    void Add(Table table, params ReadOnlySpan<object?> values);

    /// <summary>A searchable text, in the product's own tokens.</summary>
    void AddText(Guid ticket, Guid? message, string text);

    void Execute(string sql);

    /// <summary>Commits, and lets the database count what it now holds.</summary>
    void Finish();
}
