using System.Globalization;
using Solodesk.Bench.Seeding;

namespace Solodesk.Bench.Measuring;

/// <summary>The list of what is measured.</summary>
internal static class Scenarios
{
    public const string Noise = "inbox, first page";

    private static readonly string[] ChineseWords = ["退款", "发票", "物流", "账号", "保修"];
    private static readonly string[] Beginnings = ["cus", "custo", "customer", "customer1", "ref", "refu", "inv", "invoi", "acc", "par"];
    private static readonly string[] CommonWords = ["order", "refund", "invoice", "account", "parcel"];

    public static IReadOnlyList<Scenario> Reading(DeskClient desk, int tickets, string lateCursor, bool quick)
    {
        var (pages, searches) = quick ? (60, 30) : (200, 100);
        return
        [
            new(Noise, pages, 1, (_, ct) => desk.ReadAsync("/inbox/mine", ct)),
            new("inbox, first page, 8 at once", pages * 2, 8, (_, ct) => desk.ReadAsync("/inbox/mine", ct)),
            new("all tickets, first page", pages, 1, (_, ct) => desk.ReadAsync("/inbox/all", ct)),
            new("all tickets, page at 90 %", pages, 1, (_, ct) => desk.ReadAsync($"/inbox/all?after=0-{lateCursor}", ct)),
            new("urgent in work, first page", pages, 1, (_, ct) => desk.ReadAsync("/inbox/urgent", ct)),
            new("ticket of 10 messages", pages, 1, (i, ct) => desk.ReadAsync(Ticket(i, tickets), ct)),
            new("ticket of 10 messages, 8 at once", pages * 2, 8, (i, ct) => desk.ReadAsync(Ticket(i, tickets), ct)),
            new("search, two Chinese characters", searches, 1, (i, ct) => Search(desk, ChineseWords, i, ct)),
            new("search, common English word", searches, 1, (i, ct) => Search(desk, CommonWords, i, ct)),
            new("search, rare English word", searches, 1, (i, ct) => Search(desk, Writing.RareWords, i, ct)),
            new("palette, a word being typed", searches, 1, (i, ct) => desk.ReadAsync($"/palette?q={Uri.EscapeDataString(Beginnings[i % Beginnings.Length])}", ct)),
            new("customers, search by address", searches, 1, (i, ct) => desk.ReadAsync($"/customers?q=customer{i * 7919 % Seeder.Customers(tickets)}", ct)),
        ];
    }

    /// <summary>Last, because they change the desk.</summary>
    public static IReadOnlyList<Scenario> Creating(DeskClient desk, int tickets, bool quick)
    {
        var customers = Seeder.Customers(tickets);
        return
        [
            new("ticket created, 1 at a time", quick ? 100 : 400, 1, (_, ct) => desk.CreateTicketAsync(customers, ct)),
            new("ticket created, 8 at a time", quick ? 400 : 8000, 8, (_, ct) => desk.CreateTicketAsync(customers, ct)),
        ];
    }

    private static Task<string> Search(DeskClient desk, IReadOnlyList<string> words, int i, CancellationToken ct)
        => desk.ReadAsync($"/inbox/search?q={Uri.EscapeDataString(words[i % words.Count])}", ct);

    // Spread over the whole history.
    private static string Ticket(int i, int tickets)
    {
        var place = (int)(i * 7919L % (tickets / Seeder.LongEvery)) * Seeder.LongEvery;
        return string.Create(CultureInfo.InvariantCulture, $"/inbox/all/{Seeder.Before + 1 + place}");
    }
}
