using System.Text.Json;
using Solodesk.Engine.Conditions;
using Solodesk.Ui;

namespace Solodesk.Tickets.Conditions;

/// <summary>The names of fields and choices in both languages, from the phrases.</summary>
internal static class Labels
{
    private static readonly Phrases Phrases = new();

    public static LocalText Of(string phrase) => new(Phrases.In("zh-Hans", phrase), Phrases.In("en", phrase));

    /// <summary>A name that the founder gave: the same in every language.</summary>
    public static LocalText Given(string name) => new(name, name);

    /// <summary>The members of an enum under their stored names.</summary>
    public static Choice[] Choices<T>(string phrases) where T : struct, Enum
        => [.. Enum.GetNames<T>().Select(name => new Choice(JsonNamingPolicy.CamelCase.ConvertName(name), Of($"{phrases}.{name}")))];
}
