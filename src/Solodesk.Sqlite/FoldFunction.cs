using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Solodesk.Data;
using Solodesk.Engine.Conditions;

namespace Solodesk.Sqlite;

/// <summary>Teaches every connection to fold text as conditions do: SQLite's own <c>lower()</c> knows A–Z only.</summary>
internal sealed class FoldFunction : DbConnectionInterceptor
{
    public static FoldFunction It { get; } = new();

    public override DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        ((SqliteConnection)result).CreateFunction<string?, string?>(DeskDb.FoldFunction, text => text is null ? null : TextFold.Fold(text), isDeterministic: true);
        return result;
    }
}
