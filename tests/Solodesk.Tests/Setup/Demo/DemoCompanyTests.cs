using System.Text.Json;
using Solodesk.Setup.Demo;
using Solodesk.Tickets;

namespace Solodesk.Tests.Setup.Demo;

/// <summary>The made-up company before it is written anywhere.</summary>
public sealed class DemoCompanyTests
{
    // A Tuesday at nine and at half past four in Shanghai, and a Sunday night.
    private static readonly DateTimeOffset Morning = new(2026, 7, 14, 1, 2, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Afternoon = new(2026, 7, 14, 8, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SundayNight = new(2026, 7, 19, 15, 40, 0, TimeSpan.Zero);
    private static readonly DemoCompany Company = Make(Morning);

    public static TheoryData<DateTimeOffset> Moments => [Morning, Afternoon, SundayNight, new DateTimeOffset(2027, 2, 6, 18, 0, 0, TimeSpan.Zero)];

    [Fact]
    public void A_year_holds_three_hundred_customers_and_two_thousand_five_hundred_tickets()
    {
        Assert.Equal(300, Company.Customers.Count);
        Assert.InRange(Company.Threads.Count, 2490, 2520);
        Assert.InRange(Company.Threads.Count(t => t.Ticket.Language == "zh-Hans") / (double)Company.Threads.Count, 0.6, 0.72);
        Assert.Equal(Enumerable.Range(0, Company.Threads.Count).Select(i => 10001L + i), Company.Threads.Select(t => t.Ticket.Number));
        Assert.Equal(["api", "chat", "email", "phone", "web"], Company.Threads.Select(t => t.Ticket.Channel).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Company.Threads.Min(t => t.Ticket.CreatedAt) < Morning.AddDays(-350));
    }

    [Fact]
    public void The_same_moment_gives_the_same_company()
        => Assert.Equal(Print(Company), Print(Make(Morning)));

    [Fact]
    public void Every_hour_of_a_day_tells_the_same_past()
    {
        var later = Make(Afternoon);
        Assert.Equal(Company.Threads.Where(IsSettled).Select(Words), later.Threads.Where(IsSettled).Select(Words));
        Assert.Equal(Company.Threads.Select(t => t.Ticket.Subject).Order(), later.Threads.Select(t => t.Ticket.Subject).Order());
    }

    [Fact]
    public void Every_message_says_something_in_its_language_with_nothing_left_to_fill_in()
    {
        foreach (var message in Company.Threads.SelectMany(t => t.Messages))
        {
            Assert.False(string.IsNullOrWhiteSpace(message.Body));
            Assert.DoesNotMatch(@"(?<!\\begin|\\end)\{[a-z0-9]+\}|\[[a-z]+\d?\] ", message.Body + message.Quoted);
            Assert.True(message.Body.Any(c => c > 0x4E00) == (message.Language == "zh-Hans") || message.Body.Length < 12, message.Body);
        }

        Assert.All(Company.Threads, t => Assert.DoesNotMatch(@"\{[a-z]|^\[", t.Ticket.Subject));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Time_runs_forward_and_ends_now(DateTimeOffset now)
    {
        foreach (var thread in Make(now).Threads)
        {
            Assert.Equal(thread.Messages.Select(m => m.CreatedAt).Order(), thread.Messages.Select(m => m.CreatedAt));
            Assert.Equal(thread.Events.Select(e => e.At).Order(), thread.Events.Select(e => e.At));
            Assert.True(thread.Events[^1].At <= now, $"{thread.Ticket.Subject}: {thread.Events[^1].At}");
            Assert.Equal(thread.Ticket.CreatedAt, thread.Messages[0].CreatedAt);
        }
    }

    [Fact]
    public void The_history_of_a_ticket_ends_in_its_state()
    {
        foreach (var thread in Company.Threads)
        {
            var last = thread.Events.LastOrDefault(e => e.Kind is TicketEventKind.StatusChanged or TicketEventKind.Reopened);
            Assert.Equal(last?.To ?? nameof(TicketStatus.New), thread.Ticket.Status.ToString());
            Assert.Equal(thread.Messages.Count, thread.Ticket.MessageCount);
            Assert.Equal(thread.Messages.Count(m => m.Kind == MessageKind.Inbound), thread.Ticket.InboundCount);
            Assert.Equal(thread.Files.Count, thread.Ticket.AttachmentCount);
            Assert.Equal(thread.Messages.FirstOrDefault(m => m is { Kind: MessageKind.Reply, Automatic: false })?.CreatedAt, thread.Ticket.FirstRepliedAt);
            Assert.Equal(thread.Ticket.IsDone, thread.Ticket.SolvedAt is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Today_is_alive_at_any_hour_of_any_day(DateTimeOffset now)
    {
        var company = Make(now);
        Assert.Equal(9, company.Threads.Count(t => t.Ticket.Queue == TicketQueue.Mine));
        Assert.InRange(company.Threads.Count(t => t.Ticket.Queue == TicketQueue.Waiting), 10, 13);
        Assert.Equal(3, company.Threads.Count(t => t.Ticket.Queue == TicketQueue.Snoozed));
        Assert.Equal(3, company.Threads.Count(t => t.Ticket.Queue == TicketQueue.Held));
        Assert.Equal(5, company.Threads.Count(t => t.Ticket.Queue == TicketQueue.Spam));
        Assert.Single(company.Threads, t => t.Ticket.DeliveryFailed);
        var first = company.Threads.Where(t => t.Ticket.Queue == TicketQueue.Mine).MinBy(t => t.Ticket.DueAt)!;
        Assert.Equal("团队空间同步后，三篇读书笔记不见了", first.Ticket.Subject);
        Assert.InRange(company.Business.Hours.Between(now, first.Ticket.DueAt).TotalMinutes, 36, 39);
    }

    [Fact]
    public void Conversations_are_not_stamped_out()
    {
        var openings = Company.Threads.Select(t => t.Messages[0].Body).ToList();
        Assert.True(openings.Distinct().Count() > openings.Count * 0.85, $"{openings.Distinct().Count()} of {openings.Count}");
        var threads = Company.Threads.Select(Words).ToList();
        Assert.True(threads.Distinct().Count() > threads.Count * 0.97, $"{threads.Distinct().Count()} of {threads.Count}");
        Assert.InRange(Company.Threads.Average(t => t.Messages.Count(m => !m.Automatic)), 2.5, 5);
    }

    [Fact]
    public void Customers_write_when_it_is_day_where_they_live_and_the_founder_answers_in_business_hours()
    {
        var zones = Company.Customers.ToDictionary(c => c.Id, c => TimeZoneInfo.FindSystemTimeZoneById(c.TimeZone!));
        Assert.True(zones.Values.Distinct().Count() > 3);
        var hours = Company.Threads.Where(IsSettled).Select(t => TimeZoneInfo.ConvertTime(t.Ticket.CreatedAt, zones[t.Ticket.CustomerId]).Hour).ToList();
        Assert.InRange(Share(hours, h => h is >= 8 and < 19), 0.6, 0.85);
        Assert.InRange(Share(hours, h => h is >= 1 and < 6), 0, 0.03);

        var answers = Company.Threads.SelectMany(t => t.Messages).Where(m => m is { Kind: MessageKind.Reply, Automatic: false }).ToList();
        Assert.InRange(Share(answers, m => Company.Business.Hours.Between(m.CreatedAt.AddMinutes(-1), m.CreatedAt) > TimeSpan.Zero), 0.75, 1);
    }

    [Fact]
    public void Every_status_and_both_languages_come_on_every_channel()
    {
        Assert.Equal(Enum.GetValues<TicketStatus>(), Company.Threads.Select(t => t.Ticket.Status).Distinct().Order());
        var spoken = Company.Threads.Select(t => (t.Ticket.Channel, t.Ticket.Language)).Distinct().ToList();
        foreach (var channel in (string[])["api", "chat", "email", "phone", "web"])
        {
            Assert.Contains((channel, "zh-Hans"), spoken);
            Assert.Contains((channel, "en"), spoken);
        }
    }

    [Fact]
    public void Some_months_are_clearly_busier_than_others()
    {
        // Whole months only.
        var months = Company.Threads.Where(t => t.Ticket.CreatedAt < new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero) && t.Ticket.CreatedAt >= new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero))
            .GroupBy(t => (t.Ticket.CreatedAt.Year, t.Ticket.CreatedAt.Month)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(11, months.Count);
        Assert.True(months.Values.Max() > 1.6 * months.Values.Min(), string.Join(", ", months.OrderBy(m => m.Key)));
        // The New Year's week is quiet, the days of the sale are not.
        Assert.True(On(new(2026, 2, 15), 9) < On(new(2026, 1, 20), 9) / 2);
        Assert.True(On(new(2025, 11, 9), 5) > 1.4 * On(new(2025, 11, 23), 5));

        static int On(DateOnly from, int days) => Company.Threads.Count(t => DemoCalendar.DayOf(t.Ticket.CreatedAt) is var day && day >= from && day < from.AddDays(days));
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void People_are_worried_angry_and_thankful_in_words_and_most_are_calm(string tongue)
    {
        var said = Company.Threads.Where(t => IsSettled(t) && t.Ticket.Language!.StartsWith(tongue, StringComparison.Ordinal)).Select(t => t.Messages[0].Body).ToList();
        var voice = StoryBook.Read("voice")[0];
        foreach (var (mood, least) in (ReadOnlySpan<(string, double)>)[("worried", 0.05), ("angry", 0.015), ("thankful", 0.02)])
        {
            var words = voice.Part($"{tongue} {mood}").Select(w => w.Split('{')[0].TrimEnd('。', '.', '！', '!', '，', ',')).Where(w => w.Length > 4).ToList();
            Assert.InRange(Share(said, s => words.Exists(w => s.Contains(w, StringComparison.Ordinal))), least, 0.4);
        }

        Assert.Contains(Company.Threads, t => t.Ticket.Type == TicketType.Complaint);
    }

    [Fact]
    public void Nobody_in_it_can_be_reached()
    {
        Assert.All(Company.Customers.SelectMany(c => c.Addresses).Where(a => a.Kind == Solodesk.Customers.AddressKind.Email), a => Assert.EndsWith(".example", a.Value));
        Assert.Distinct(Company.Customers.SelectMany(c => c.Addresses).Select(a => a.Normal));
    }

    [Fact]
    public void Templates_use_only_variables_that_exist()
    {
        Assert.True(Company.Templates.Count >= 10);
        Assert.All(Company.Templates, t => Assert.Empty(TemplateText.Unknown(t.Body)));
    }

    private static DemoCompany Make(DateTimeOffset now) => DemoCompany.Make(now, () => "secret");

    private static double Share<T>(IReadOnlyCollection<T> all, Func<T, bool> which) => all.Count(which) / (double)all.Count;

    private static bool IsSettled(DemoThread thread) => thread.Ticket.Status == TicketStatus.Closed;

    private static string Words(DemoThread thread)
        => string.Join('\n', thread.Messages.Where(m => !m.Automatic).Select(m => m.Body).Prepend(thread.Ticket.Subject));

    private static string Print(DemoCompany company)
        => JsonSerializer.Serialize(company.Threads.Select(t => new { t.Ticket, t.Messages, t.Events })) + JsonSerializer.Serialize(company.Customers);
}
