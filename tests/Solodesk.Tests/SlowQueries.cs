using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Solodesk.Tests;

/// <summary>
/// Some queries end at once and some take their time, as on a real connection; SQLite's all end before they are awaited. What a page's
/// parts ask of a shared context at the same moment is found out like this.
/// </summary>
internal sealed class SlowQueries : DbCommandInterceptor
{
    private int _delayed;

    public int Delayed => _delayed;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.Contains("\"AspNetUsers\"", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _delayed);
            await Task.Delay(20, cancellationToken);
        }

        return result;
    }
}
