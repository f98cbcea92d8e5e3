using System.Globalization;
using Solodesk.Engine.Sla;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>
/// The conversations that are open now, told in full by <c>Stories/today.md</c>. Their times count back from this moment: <c>w90</c> is
/// ninety working minutes ago, <c>m50</c> fifty minutes, <c>d3</c> three days; so a promise has the same time left at any hour of any day.
/// </summary>
internal sealed class DemoToday(DemoPeople people, DateTimeOffset now, BusinessHours hours, DemoRandom chance)
{
    public IEnumerable<DemoPlan> Plans() => StoryBook.Read("today").Select(Plan);

    private DemoPlan Plan(Story story)
    {
        var person = people.Find(story.Fact("person")!);
        var steps = new List<DemoStep>();
        foreach (var (name, fragments) in story.Parts)
        {
            // "2 said w90 chat": its place, what happens, when, and the channel where it is not the ticket's.
            var words = name.Split(' ');
            steps.Add(Step(words, fragments[0], story, steps));
        }

        return new DemoPlan(person, story.Fact("subject")!, story.Fact("channel") ?? "email", story.Fact("category") ?? "", steps)
        {
            Type = Enum.Parse<TicketType>(story.Fact("type") ?? "Question"),
            Priority = Enum.Parse<TicketPriority>(story.Fact("priority") ?? "Normal"),
            Tags = story.Fact("tags")?.Split(", ") ?? [],
            Custom = story.Fact("custom")?.Split(", ").Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]) ?? [],
            Spam = story.Fact("spam") == "yes",
            Read = story.Fact("read") == "yes",
        };
    }

    private DemoStep Step(string[] words, string text, Story story, List<DemoStep> before)
    {
        var at = At(words[2]);
        if (before.Count > 0 && at <= before[^1].At)
        {
            at = before[^1].At.AddSeconds(45);
        }

        text = text.Replace("{since}", before.Count > 0 ? Since(before[0].At) : "", StringComparison.Ordinal);
        IReadOnlyList<DemoFile> files = [.. (story.Fact("files" + words[0]) ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(f => new DemoFile(f, f.EndsWith(".png", StringComparison.Ordinal) ? "shot" : "log", chance.Between(1, 24)))];
        return words[1] switch
        {
            "said" => new DemoStep(DemoStepKind.Said, at, text) { Files = files, Channel = words.ElementAtOrDefault(3) },
            "answer" => new DemoStep(DemoStepKind.Answered, at, text) { Files = files, Channel = words.ElementAtOrDefault(3) },
            "solve" => new DemoStep(DemoStepKind.Answered, at, text) { Status = TicketStatus.Solved },
            "open" => new DemoStep(DemoStepKind.Answered, at, text) { Status = TicketStatus.Open },
            "note" => new DemoStep(DemoStepKind.Noted, at, text),
            "hold" => new DemoStep(DemoStepKind.Status, at) { Status = TicketStatus.OnHold },
            "snooze" => new DemoStep(DemoStepKind.Snoozed, at) { Until = Morning(int.Parse(text, CultureInfo.InvariantCulture)) },
            "raise" => new DemoStep(DemoStepKind.Priority, at) { Priority = TicketPriority.High },
            "fail" => new DemoStep(DemoStepKind.Failed, at, text),
            var word => throw new InvalidOperationException($"{story.Key}: nobody knows how to “{word}”"),
        };
    }

    private DateTimeOffset At(string word)
    {
        var length = int.Parse(word.AsSpan(1), CultureInfo.InvariantCulture);
        return word[0] switch
        {
            'w' => DemoCalendar.Before(now, TimeSpan.FromMinutes(length), hours),
            'm' => now.AddMinutes(-length),
            'd' => DemoCalendar.Before(now.AddDays(-length), TimeSpan.FromMinutes(1), hours).AddMinutes(-chance.Between(0, 90)),
            var sign => throw new InvalidOperationException($"A time begins with w, m or d, not {sign}"),
        };
    }

    // How one speaks of it now.
    private string Since(DateTimeOffset at)
    {
        var (then, today) = (DemoCalendar.Local(at), DemoCalendar.Local(now));
        return (today.Date - then.Date).Days switch
        {
            0 => then.Hour < 12 ? "上午" : "下午",
            1 => then.Hour < 12 ? "昨天上午" : then.Hour < 18 ? "昨天下午" : "昨晚",
            var days when days < 7 => "周" + "日一二三四五六"[(int)then.DayOfWeek],
            _ => "上周",
        };
    }

    private DateTimeOffset Morning(int days)
    {
        var day = DemoCalendar.DayOf(now).AddDays(days).ToDateTime(new TimeOnly(9, 30));
        return new DateTimeOffset(day, hours.Zone.GetUtcOffset(day)).ToUniversalTime();
    }
}
