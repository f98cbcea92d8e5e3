using System.Text.RegularExpressions;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Finds the topics that a file names, and adds those that are not there.</summary>
internal sealed partial class ImportTopics(DeskDb db, List<Topic> topics, TimeProvider clock)
{
    private const int LongestName = 80;
    private const int Deepest = 8;

    [GeneratedRegex(@"(?<!\\)>")]
    private static partial Regex Step();

    /// <param name="path">A name, or names from the top down with <c>&gt;</c> between.</param>
    /// <param name="slugs">The same as they stand in addresses, from our own export; empty from elsewhere.</param>
    /// <param name="language">What the names are in.</param>
    public Topic? Of(string path, string slugs, string language)
    {
        var names = Step().Split(path).Select(n => n.Replace("\\>", ">", StringComparison.Ordinal).Trim()).Where(n => n.Length > 0).Take(Deepest).ToList();
        var marks = slugs.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Topic? topic = null;
        for (var i = 0; i < names.Count; i++)
        {
            topic = One(names[i], marks.Length == names.Count ? marks[i] : "", topic?.Id, alone: names.Count == 1, language);
        }

        return topic;
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
            db.Add(found);
        }

        return found;
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
