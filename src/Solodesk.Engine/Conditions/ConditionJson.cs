using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Solodesk.Engine.Conditions;

/// <summary>The stored form of a condition.</summary>
/// <remarks>
/// <code>
/// { "all": [ { "field": "ticket.status", "op": "anyOf", "value": ["open", "pending"] },
///            { "not": { "field": "ticket.created", "op": "withinLast", "value": { "amount": 3, "unit": "days" } } } ] }
/// </code>
/// </remarks>
internal static class ConditionJson
{
    // Chinese text stays readable in the database; the JSON is never pasted into HTML unescaped.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Condition condition)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            Write(writer, condition);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteStartObject();
        switch (condition)
        {
            case AllOf all:
                WriteParts(writer, "all", all.Parts);
                break;
            case AnyOf any:
                WriteParts(writer, "any", any.Parts);
                break;
            case Not not:
                writer.WritePropertyName("not");
                Write(writer, not.Part);
                break;
            case Comparison comparison:
                writer.WriteString("field", comparison.Field);
                writer.WriteString("op", comparison.Operator.StoredName());
                if (comparison.Value is { } value)
                {
                    writer.WritePropertyName("value");
                    WriteValue(writer, value);
                }

                break;
        }

        writer.WriteEndObject();
    }

    public static Outcome<Condition> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return Refuse(new(ConditionFault.Unreadable, Detail: e.Message.TrimEnd('.')));
        }
    }

    public static Outcome<Condition> Read(JsonElement root)
    {
        var reader = new ConditionReader();
        return reader.Read(root) is { } condition ? new(condition) : Refuse(reader.Problem!);
    }

    private static Outcome<Condition> Refuse(ConditionProblem problem) => new([problem]);

    private static void WriteParts(Utf8JsonWriter writer, string name, IReadOnlyList<Condition> parts)
    {
        writer.WriteStartArray(name);
        foreach (var part in parts)
        {
            Write(writer, part);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, ConditionValue value)
    {
        switch (value)
        {
            case TextValue text:
                writer.WriteStringValue(text.Value);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Value);
                break;
            case FlagValue flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case ManyValues many:
                writer.WriteStartArray();
                foreach (var item in many.Items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            case SpanValue span:
                writer.WriteStartObject();
                writer.WriteNumber("amount", span.Amount);
                writer.WriteString("unit", span.Unit.ToString().ToLowerInvariant());
                writer.WriteEndObject();
                break;
        }
    }
}

/// <summary>Lets conditions stand inside other JSON; there a broken one is a <see cref="JsonException"/>.</summary>
internal sealed class ConditionJsonConverter : JsonConverter<Condition>
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(Condition));

    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var outcome = ConditionJson.Read(document.RootElement);
        return outcome.TryGet(out var condition)
            ? condition
            : throw new JsonException(outcome.Problems[0].ToSentence(System.Globalization.CultureInfo.InvariantCulture));
    }

    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options) => ConditionJson.Write(writer, value);
}
