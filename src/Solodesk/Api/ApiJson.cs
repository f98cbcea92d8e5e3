using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Solodesk.Api;

/// <summary>How JSON looks: camelCase members and enum values, Chinese as it is, times in ISO 8601 with UTC.</summary>
internal static class ApiJson
{
    public static IServiceCollection AddApiJson(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            o.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            o.SerializerOptions.AllowDuplicateProperties = false;
        });

        // A body that cannot be read reaches the one place that says why, in development as in production.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>Reads one of the words of an enum as the API spells them; null for anything else.</summary>
    public static T? Word<T>(string text) where T : struct, Enum
        => Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word) && !char.IsAsciiDigit(text[0]) ? word : null;
}
