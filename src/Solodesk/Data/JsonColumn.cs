using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Data;

/// <summary>A small value kept as JSON text in one column, the same on both databases; never filtered on in SQL.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static PropertyBuilder<Dictionary<string, string>> IsJson(this PropertyBuilder<Dictionary<string, string>> property)
        => property.HasConversion(
            v => JsonSerializer.Serialize(v, Json),
            s => JsonSerializer.Deserialize<Dictionary<string, string>>(s, Json) ?? new Dictionary<string, string>(),
            // Compared as they are: every save asks this of every ticket and customer that was read.
            new ValueComparer<Dictionary<string, string>>((a, b) => Same(a, b), v => v.Count, v => new Dictionary<string, string>(v)));

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) where T : class, new()
        => property.HasConversion(
            v => JsonSerializer.Serialize(v, Json),
            s => JsonSerializer.Deserialize<T>(s, Json) ?? new T(),
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Json) == JsonSerializer.Serialize(b, Json),
                v => JsonSerializer.Serialize(v, Json).GetHashCode(StringComparison.Ordinal),
                v => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(v, Json), Json)!));

    private static bool Same(Dictionary<string, string>? a, Dictionary<string, string>? b)
        => ReferenceEquals(a, b) || (a is not null && b is not null && a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var value) && value == p.Value));
}
