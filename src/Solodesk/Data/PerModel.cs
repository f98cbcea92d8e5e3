using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Solodesk.Data;

/// <summary>
/// A query that is translated once, kept for each model (a process may hold several desks, as the tests do). For the few queries in the way of
/// every writer: else EF compares expression trees at each call to find the translation, which takes longer than the query itself.
/// </summary>
/// <param name="compile">Calls <see cref="EF"/>.CompileAsyncQuery.</param>
internal sealed class PerModel<TQuery>(Func<TQuery> compile) where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _queries = [];

    public TQuery For(DeskDb db) => _queries.GetValue(db.Model, _ => compile());
}
