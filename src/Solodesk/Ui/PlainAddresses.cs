using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Solodesk.Ui;

/// <summary>Takes U+0000 out of the query of an address: nobody types it, and PostgreSQL answers a search for it with an error.</summary>
internal static class PlainAddresses
{
    private const string Nul = "%00";

    public static IApplicationBuilder UsePlainAddresses(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.QueryString.Value is { } query && query.Contains(Nul, StringComparison.Ordinal))
        {
            context.Request.QueryString = new QueryString(query.Replace(Nul, "", StringComparison.Ordinal));
        }

        return next(context);
    });
}
