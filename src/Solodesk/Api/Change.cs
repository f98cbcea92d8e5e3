using System.Text.Json;
using System.Text.Json.Serialization;

namespace Solodesk.Api;

/// <summary>A member of a PATCH (RFC 7396): absent leaves what is there, <c>null</c> clears it, a value replaces it.</summary>
[JsonConverter(typeof(ChangeConverter))]
public readonly record struct Change<T>
{
    internal Change(T? value) => (Given, Value) = (true, value);

    /// <summary>Whether the member stood in the request.</summary>
    public bool Given { get; }

    public T? Value { get; }
}

/// <summary>Reads a member's value through to its own type.</summary>
public sealed class ChangeConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Change<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
        => (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;

    private sealed class Of<T> : JsonConverter<Change<T>>
    {
        public override bool HandleNull => true;

        public override Change<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new(reader.TokenType == JsonTokenType.Null ? default : JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, value.Value, options);
    }
}
