using System.Text.Json;
using Solodesk.Ui;

namespace Solodesk.Setup;

/// <summary>What a kind of business starts with: categories, tags, templates and a promise, in one language.</summary>
/// <param name="Categories">The tree, two levels.</param>
/// <param name="Tags">Suggested tags.</param>
/// <param name="Templates">Prepared replies.</param>
/// <param name="Promise">What such a business usually promises.</param>
internal sealed record Industry(
    IReadOnlyList<Industry.Branch> Categories, IReadOnlyList<string> Tags, IReadOnlyList<Industry.Reply> Templates, Industry.Hours Promise)
{
    public const string None = "none";

    internal sealed record Branch(string Name, IReadOnlyList<string> Children);

    internal sealed record Reply(string Folder, string Name, string Body);

    internal sealed record Hours(double FirstResponseHours, double ResolutionHours);

    /// <summary>The kinds in the order they are shown, with their icons; the words are phrases below <c>industry.</c></summary>
    public static IReadOnlyList<(string Key, string Icon)> All { get; } =
        [("shop", "shopping-bag"), ("saas", "app-window"), ("it", "server"), ("education", "graduation-cap"), ("health", "heart-pulse"), (None, "circle-dashed")];

    /// <summary>Null for a business that starts blank, and for words that name none.</summary>
    public static Industry? Read(string key, string language)
    {
        if (key == None || All.All(i => i.Key != key))
        {
            return null;
        }

        using var stream = typeof(Industry).Assembly.GetManifestResourceStream($"Industries/{key}.{Phrases.Known(language)}.json")!;
        return JsonSerializer.Deserialize<Industry>(stream, JsonSerializerOptions.Web);
    }
}
