using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>
/// A year of Driftnote 漂流笔记 as rows that no database has seen yet. Pure: the same moment gives the same rows, and every moment of a day
/// gives the same settled past; only what is open now follows the clock.
/// </summary>
internal sealed class DemoCompany
{
    private const ulong Seed = 20190714;
    private const int Settled = 2464;
    private const long FirstNumber = 10001;

    public required Agent Founder { get; init; }
    public required BusinessSettings Business { get; init; }
    public required IReadOnlyList<Organization> Organizations { get; init; }
    public required IReadOnlyList<Customer> Customers { get; init; }
    public required IReadOnlyList<Category> Categories { get; init; }
    public required IReadOnlyList<CustomField> Fields { get; init; }
    public required IReadOnlyList<Template> Templates { get; init; }
    public required IReadOnlyList<DemoThread> Threads { get; init; }

    public long LastNumber => FirstNumber + Threads.Count - 1;

    /// <param name="now">The moment whose last year it is.</param>
    /// <param name="token">Draws what opens a ticket's page. Each desk needs its own, demo or not: nobody may know it from reading our source.</param>
    public static DemoCompany Make(DateTimeOffset now, Func<string> token)
    {
        var chance = new DemoRandom(Seed);
        var today = DemoCalendar.DayOf(now);
        var business = DemoSettled.Business(today);
        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var morning = new DateTimeOffset(midnight, business.Hours.Zone.GetUtcOffset(midnight)).ToUniversalTime();
        var people = DemoPeople.Make(morning, chance);
        var founded = morning.AddDays(-900);
        var fields = DemoSettled.Fields(founded, chance);
        var templates = DemoSettled.Templates(morning.AddDays(-400), chance);
        var plans = new DemoHistory(people, new DemoCalendar(today), business.Hours, chance).Plans(Settled, morning).ToList();
        plans.AddRange(new DemoToday(people, now, business.Hours, chance).Plans());
        var categories = Tree(plans, founded, chance);
        var founder = DemoSettled.Founder(founded);
        var names = Names(categories);
        var threads = plans.OrderBy(p => p.CreatedAt)
            .Select((p, i) => DemoThread.Play(
                p, FirstNumber + i, token(), names.TryGetValue(p.Category, out var id) ? id : null, founder.ToActor(), business.Hours, chance))
            .ToList();
        Count(people, threads);
        return new DemoCompany
        {
            Founder = founder,
            Business = business,
            Organizations = [.. people.Organizations],
            Customers = [.. people.All.Select(p => p.Row)],
            Categories = categories,
            Fields = fields,
            Templates = templates,
            Threads = threads,
        };
    }

    // The tree that the stories name: "同步/内容变旧".
    private static List<Category> Tree(IEnumerable<DemoPlan> plans, DateTimeOffset at, DemoRandom chance)
    {
        var categories = new List<Category>();
        foreach (var path in plans.Select(p => p.Category).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal))
        {
            var words = path.Split('/');
            var root = categories.Find(c => c.ParentId is null && c.Name == words[0]);
            if (root is null)
            {
                categories.Add(root = new Category { Id = chance.Id(at), Name = words[0], Position = categories.Count(c => c.ParentId is null) });
            }

            if (words.Length > 1)
            {
                categories.Add(new Category { Id = chance.Id(at), ParentId = root.Id, Name = words[1], Position = categories.Count(c => c.ParentId == root.Id) });
            }
        }

        return categories;
    }

    private static Dictionary<string, Guid> Names(IReadOnlyList<Category> categories)
        => categories.ToDictionary(c => c.ParentId is { } parent ? $"{categories.First(p => p.Id == parent).Name}/{c.Name}" : c.Name, c => c.Id);

    private static void Count(DemoPeople people, IEnumerable<DemoThread> threads)
    {
        var rows = people.All.ToDictionary(p => p.Row.Id, p => p.Row);
        foreach (var thread in threads)
        {
            var row = rows[thread.Ticket.CustomerId];
            row.TicketCount++;
            row.Blocked |= thread.Ticket.Spam;
            var last = thread.Messages.Last(m => m.Kind == MessageKind.Inbound).CreatedAt;
            row.SeenAt = last > row.SeenAt ? last : row.SeenAt;
        }
    }
}
