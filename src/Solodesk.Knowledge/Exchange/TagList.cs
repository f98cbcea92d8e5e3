using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Tags in one cell: parted by whatever people part them by, or a list of JSON where a tag has such a sign itself.</summary>
internal static class TagList
{
    private static readonly char[] Between = [',', ';', '|', '、', '，'];
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(IReadOnlyList<string> tags)
        => tags.Any(t => t.IndexOfAny(Between) >= 0 || t.StartsWith('[') || t.EndsWith(']') || t != t.Trim()) ? JsonSerializer.Serialize(tags, Json) : string.Join('|', tags);

    public static IReadOnlyList<string> Read(string cell)
    {
        if (cell.StartsWith("[\"", StringComparison.Ordinal))
        {
            try
            {
                return JsonSerializer.Deserialize<string[]>(cell) ?? [];
            }
            catch (JsonException)
            {
                // Somebody else's brackets: read as the rest.
            }
        }

        return [.. cell.Trim('[', ']').Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => t.Trim('"', '\''))];
    }
}
