using Solodesk.Engine.Sla;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>The settled conversations of the past year, put together from the stories: who, when, what, how it went on, how it ended.</summary>
internal sealed class DemoHistory(DemoPeople people, DemoCalendar calendar, BusinessHours hours, DemoRandom chance)
{
    private static readonly IReadOnlyList<Story> Stories =
        [.. StoryBook.Read("product"), .. StoryBook.Read("account"), .. StoryBook.Read("money"), .. StoryBook.Read("wishes")];

    private readonly Dictionary<string, int> _drawn = new(StringComparer.Ordinal);

    /// <param name="count">How many.</param>
    /// <param name="end">Nothing happens after this moment.</param>
    public IEnumerable<DemoPlan> Plans(int count, DateTimeOffset end)
    {
        var days = Enumerable.Range(0, 365).Select(back => calendar.Today.AddDays(-back))
            .Select(d => (Day: d, Weight: calendar.Weight(d))).ToList();
        for (var made = 0; made < count;)
        {
            var day = chance.Weighted(days, d => d.Weight).Day;
            var person = chance.Weighted(people.All, p => p.Talkative);
            var story = chance.Weighted(Stories, s => s.Number("weight", 5) * (calendar.Is(s.Fact("peak"), day) ? s.Number("rise", 3) : 1));
            var at = DemoCalendar.Moment(day, person.Zone, chance);
            if (at < person.Row.CreatedAt || at > end.AddHours(-1) || !Fits(story, person))
            {
                continue;
            }

            made++;
            yield return Plan(person, story, at, end);
        }
    }

    private static bool Fits(Story story, DemoPerson person)
        => (story.Fact("plan") is not { } plan || plan.Split(", ").Any(p => person.Plan.Contains(p, StringComparison.Ordinal)))
            && story.Part((person.Chinese ? "zh" : "en") + " open").Count > 0;

    private DemoPlan Plan(DemoPerson person, Story story, DateTimeOffset at, DateTimeOffset end)
    {
        var channel = story.Fact("channel") ?? chance.Weighted(
            [("email", 58.0), ("web", 22), ("chat", 14), ("api", 4), ("phone", person.Row.Addresses.Count > 1 ? 4 : 0)], c => c.Item2).Item1;
        var facts = new DemoFacts(person, at, people, calendar, chance);
        var voice = new DemoVoice(person, facts, chance);
        var steps = new DemoTalk(person, story, voice, facts, channel, hours, chance).Steps(at, end, Turn(story, person.Chinese ? "zh open" : "en open"), out var mood);
        var custom = new Dictionary<string, string>();
        if (story.Fact("device") == "yes" && chance.Chance(0.6))
        {
            custom["device"] = person.Device;
            custom["version"] = facts.Version;
        }

        if (story.Fact("order") == "yes")
        {
            custom["order"] = facts.Order;
        }

        return new DemoPlan(person, Subject(story, voice, person), channel, story.Fact("category")!, steps)
        {
            Type = mood == DemoMood.Angry && chance.Chance(0.55) ? TicketType.Complaint : Enum.Parse<TicketType>(story.Fact("type") ?? "Question"),
            Priority = story.Fact("priority") is { } priority ? Enum.Parse<TicketPriority>(priority) : chance.Chance(0.04) ? TicketPriority.Low : TicketPriority.Normal,
            Tags = Tags(story, person),
            Custom = custom,
        };
    }

    private List<string> Tags(Story story, DemoPerson person)
    {
        var tags = (story.Fact("tags") ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(_ => chance.Chance(0.85)).ToList();
        if (person.Row.Vip)
        {
            tags.Add("VIP");
        }

        return tags;
    }

    private string Subject(Story story, DemoVoice voice, DemoPerson person)
    {
        var subject = voice.Subject(story);
        return person.Politeness == 0 && chance.Chance(0.12) ? voice.Shares("vague") : subject;
    }

    // Openings take turns, so that none comes twice before each came once.
    private string Turn(Story story, string part)
    {
        var key = story.Key + part;
        var turn = _drawn.TryGetValue(key, out var last) ? last + 1 : chance.Between(0, 20);
        _drawn[key] = turn;
        var list = story.Part(part);
        return list[turn % list.Count];
    }
}
