using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Solodesk.Chat.Protocol;

/// <summary>Frames are small JSON objects; what is null is left out.</summary>
internal static class ChatJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write(object frame) => JsonSerializer.SerializeToUtf8Bytes(frame, frame.GetType(), Options);

    /// <summary>Null for anything that is not a frame.</summary>
    public static VisitorFrame? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<VisitorFrame>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
