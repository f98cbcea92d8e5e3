using System.Text.Json;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>Reads the words of a query string and remembers the first that means nothing.</summary>
internal sealed class Words
{
    public Problem? Problem { get; private set; }

    /// <summary>One of an enum's words, as the API spells them; null when it was not given or is wrong.</summary>
    public T? Of<T>(string? text, string field) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (ApiJson.Word<T>(text) is { } word)
        {
            return word;
        }

        Refuse(text, Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName), field);
        return null;
    }

    /// <summary>One of a list that is known by a key.</summary>
    public T? OneOf<T>(string text, IReadOnlyList<T> all, Func<T, string> key, string field) where T : class
    {
        if (all.FirstOrDefault(i => key(i) == text) is { } found)
        {
            return found;
        }

        Refuse(text, all.Select(key), field);
        return null;
    }

    private void Refuse(string text, IEnumerable<string> known, string field)
        => Problem ??= new Problem("request.word_unknown", text, string.Join(", ", known)) { Field = field };
}
