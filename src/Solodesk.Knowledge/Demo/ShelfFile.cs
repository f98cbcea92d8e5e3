using System.Reflection;
using System.Text;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Demo;

/// <summary>
/// A shelf of articles in one file: <c>@ slug | icon | 名 | name | 一行 | line</c> begins a topic, <c># kind | tags | asks</c> an article,
/// <c>zh title</c> and <c>en title</c> its texts, <c>? a | b</c> other ways of asking.
/// </summary>
internal static class ShelfFile
{
    public sealed record Shelf(IReadOnlyList<Category> Topics);

    public sealed record Category(string Slug, string Icon, string Chinese, string English, string ChineseLine, string EnglishLine, List<Piece> Articles);

    public sealed record Piece(ArticleKind Kind, IReadOnlyList<string> Tags, string Asks, Dictionary<string, Words> Texts);

    public sealed record Words(string Title, List<string> Questions, StringBuilder Body);

    public static Shelf Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Shelves/" + name) ?? throw new InvalidOperationException($"The shelf {name} is missing");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd());
    }

    internal static Shelf Parse(string text)
    {
        var topics = new List<Category>();
        Words? words = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                var part = Parts(line[2..]);
                topics.Add(new Category(part[0], part[1], part[2], part[3], part[4], part[5], []));
                words = null;
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                var part = Parts(line[2..]);
                topics[^1].Articles.Add(new Piece(Enum.Parse<ArticleKind>(part[0]), part[1].Split(','), part.Length > 2 ? part[2] : "", []));
                words = null;
            }
            else if (line.StartsWith("zh ", StringComparison.Ordinal) || line.StartsWith("en ", StringComparison.Ordinal))
            {
                topics[^1].Articles[^1].Texts[line.StartsWith("zh", StringComparison.Ordinal) ? "zh-Hans" : "en"] = words = new Words(line[3..].Trim(), [], new StringBuilder());
            }
            else if (words is not null && line.StartsWith("? ", StringComparison.Ordinal) && words.Body.Length == 0)
            {
                words.Questions.AddRange(Parts(line[2..]));
            }
            else
            {
                words?.Body.Append(line).Append('\n');
            }
        }

        return new Shelf(topics);
    }

    private static string[] Parts(string line) => line.Split('|', StringSplitOptions.TrimEntries);
}
