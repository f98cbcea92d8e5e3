using System.Globalization;
using System.Text.RegularExpressions;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Finds the topics that a file names, and adds those that are not there: behind the others, in the order that they had, with their icons and lines.</summary>
internal sealed partial class ImportTopics(DeskDb db, List<Topic> topics, TimeProvider clock)
{
    private const int LongestName = 80;
    private const int LongestLine = 120;
    private const int Deepest = 8;
    private readonly int _before = topics.Count;
    private readonly HashSet<Guid> _added = [];

    [GeneratedRegex(@"(?<!\\)>")]
    private static partial Regex Step();

    /// <param name="path">A name, or names from the top down with <c>&gt;</c> between.</param>
    /// <param name="facts">How they stand in addresses and how they are shown, from our own export; empty from elsewhere.</param>
    /// <param name="language">What the names are in.</param>
    public Topic? Of(string path, TextFacts facts, string language)
    {
        var names = Parts(path).Where(n => n.Length > 0).Take(Deepest).ToList();
        var marks = facts.TopicSlugs.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var lines = Parts(facts.TopicLines);
        Topic? topic = null;
        for (var i = 0; i < names.Count; i++)
        {
            topic = One(names[i], marks.Length == names.Count ? marks[i] : "", topic?.Id, alone: names.Count == 1, language);
            if (_added.Contains(topic.Id) && marks.Length == names.Count)
            {
                Dress(topic, facts.TopicIcons.ElementAtOrDefault(i), facts.TopicPlaces.ElementAtOrDefault(i), lines.ElementAtOrDefault(i), language);
            }
        }

        return topic;
    }

    private static List<string> Parts(string path) => [.. Step().Split(path).Select(n => n.Replace("\\>", ">", StringComparison.Ordinal).Trim())];

    private void Dress(Topic topic, string? icon, string? place, string? line, string language)
    {
        topic.Icon = EditTopics.Icons.Contains(icon) ? icon! : topic.Icon;
        topic.Position = int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 1_000_000 ? _before + at : topic.Position;
        if (line is { Length: > 0 })
        {
            topic.Lines = new(topic.Lines) { [language] = line.Length <= LongestLine ? line : line[..LongestLine] };
        }
    }

    private Topic One(string name, string slug, Guid? above, bool alone, string language)
    {
        var found = slug.Length > 0 ? topics.Find(t => t.Slug == slug) : null;
        if (found is not null)
        {
            if (!(found.Names.TryGetValue(language, out var said) && said.Length > 0) && !found.Names.ContainsValue(name))
            {
                found.Names = new(found.Names) { [language] = Cut(name) };
            }

            return found;
        }

        found = topics.Find(t => (t.ParentId == above || (alone && slug.Length == 0)) && (t.Slug == name || t.Names.Values.Contains(name, StringComparer.OrdinalIgnoreCase)));
        if (found is null)
        {
            found = new Topic { Id = Ids.New(clock), ParentId = above, Slug = EditTopics.FreeSlug(slug.Length > 0 ? slug : name, topics), Names = new() { [language] = Cut(name) }, Position = topics.Count };
            topics.Add(found);
            _added.Add(found.Id);
            db.Add(found);
        }

        return found;
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
