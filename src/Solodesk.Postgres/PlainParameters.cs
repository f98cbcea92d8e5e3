using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Solodesk.Data;

namespace Solodesk.Postgres;

/// <summary>
/// Takes U+0000 and halves of surrogate pairs out of what is asked for, as they are taken out of what is saved: PostgreSQL refuses the whole
/// statement, and a stranger's sign-in with such an address must say that it is unknown, not that the desk is broken.
/// </summary>
internal sealed class PlainParameters : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return new(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            switch (parameter.Value)
            {
                case string text when !StorableText.IsPlain(text):
                    parameter.Value = StorableText.Plain(text);
                    break;
                case string[] texts when !Array.TrueForAll(texts, StorableText.IsPlain):
                    parameter.Value = Array.ConvertAll(texts, StorableText.Plain);
                    break;
                case List<string> texts when !texts.TrueForAll(StorableText.IsPlain):
                    parameter.Value = texts.ConvertAll(StorableText.Plain);
                    break;
                default:
                    break;
            }
        }
    }
}
