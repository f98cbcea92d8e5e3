using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Solodesk.Common;

namespace Solodesk.Ui;

/// <summary>
/// Every sentence the desk says, in each language, from the <c>Texts.&lt;language&gt;.json</c> beside each feature. A test holds the
/// languages complete.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "Injected where it is used, so that a page reads as T[key].")]
public sealed class Phrases
{
    public const string Fallback = "en";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage = Load();

    public static IEnumerable<string> Languages => ByLanguage.Keys.Order(StringComparer.Ordinal);

    /// <summary>The phrase in the language of the current request, with its values filled in.</summary>
    public string this[string key, params object?[] values] => In(CultureInfo.CurrentUICulture.Name, key, values);

    /// <summary>The phrase in a language of its own choosing: for mails to customers.</summary>
    public string In(string? language, string key, params object?[] values)
    {
        var phrase = Find(Known(language), key) ?? Find(Fallback, key) ?? key;
        return values.Length == 0 ? phrase : string.Format(CultureInfo.GetCultureInfo(Known(language)), Plural(phrase, values[0]), values);
    }

    /// <summary>What a refusal says to a person.</summary>
    public string Of(Problem problem) => this[$"problem.{problem.Code}", problem.Values];

    public bool Has(string language, string key) => Find(language, key) is not null;

    public static IReadOnlyCollection<string> Keys(string language) => ByLanguage[language].Keys;

    /// <summary>Maps any language tag onto one that the desk speaks: <c>zh-CN</c> and <c>zh-TW</c> onto <c>zh-Hans</c>, the rest onto English.</summary>
    public static string Known(string? language)
        => language is null ? Fallback : language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-Hans" : Fallback;

    // "one ticket|{0} tickets": the first form stands for exactly one.
    private static string Plural(string phrase, object? count)
    {
        var bar = phrase.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? phrase : count is 1 or 1L ? phrase[..bar] : phrase[(bar + 1)..];
    }

    private static string? Find(string language, string key)
        => ByLanguage.TryGetValue(language, out var phrases) && phrases.TryGetValue(key, out var phrase) ? phrase : null;

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var languages = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (assembly, name) in
            from part in DeskParts.Assemblies
            from resource in part.GetManifestResourceNames()
            where resource.StartsWith("Texts/", StringComparison.Ordinal)
            select (part, resource))
        {
            var language = name.Split('.')[^2];
            using var stream = assembly.GetManifestResourceStream(name)!;
            var phrases = JsonSerializer.Deserialize<Dictionary<string, string>>(stream, JsonSerializerOptions.Web)!;
            var all = languages.TryGetValue(language, out var known) ? known : languages[language] = new(StringComparer.Ordinal);
            foreach (var (key, phrase) in phrases)
            {
                all.Add(key, phrase);
            }
        }

        return languages.ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
