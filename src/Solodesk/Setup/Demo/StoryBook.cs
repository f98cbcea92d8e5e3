using System.Text;

namespace Solodesk.Setup.Demo;

/// <summary>
/// The raw material of conversations, read from Markdown files: <c># key</c> begins a story, <c>name: value</c> lines describe it,
/// <c>## zh open</c> begins a list of interchangeable fragments. An indented line continues its fragment as a new paragraph.
/// </summary>
internal static class StoryBook
{
    private const string Folder = "Demo/";

    public static IReadOnlyList<Story> Read(string name)
    {
        using var stream = typeof(StoryBook).Assembly.GetManifestResourceStream(Folder + name + ".md")
            ?? throw new InvalidOperationException($"The demo story {name} is missing");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd());
    }

    internal static IReadOnlyList<Story> Parse(string text)
    {
        var stories = new List<Story>();
        List<string>? part = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                stories.Add(new Story(line[2..].Trim()));
                part = null;
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                stories[^1].Parts[line[3..].Trim()] = part = [];
            }
            else if (part is not null && line.StartsWith("- ", StringComparison.Ordinal))
            {
                part.Add(line[2..].Trim());
            }
            else if (part is { Count: > 0 } && line.StartsWith("  ", StringComparison.Ordinal))
            {
                part[^1] += (line.StartsWith("  | ", StringComparison.Ordinal) ? "\n" : "\n\n") + line.Trim().TrimStart('|').TrimStart();
            }
            else if (part is null && stories.Count > 0 && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon)
            {
                stories[^1].Facts[line[..colon]] = line[(colon + 2)..].Trim();
            }
        }

        return stories;
    }
}

/// <summary>One kind of problem, or one conversation told in full.</summary>
internal sealed class Story(string key)
{
    public string Key => key;
    public Dictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, List<string>> Parts { get; } = new(StringComparer.Ordinal);

    public string? Fact(string name) => Facts.GetValueOrDefault(name);

    public IReadOnlyList<string> Part(string name) => Parts.TryGetValue(name, out var found) ? found : [];

    public double Number(string name, double otherwise)
        => Fact(name) is { } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
