using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Solodesk.Bench.Databases;
using Solodesk.Engine.Conditions;
using Solodesk.Text.Tokens;
using TextFold = Solodesk.Text.Tokens.TextFold;

namespace Solodesk.Bench.Seeding;

/// <summary>
/// Fills an empty desk: three years of tickets with five messages each (every hundredth has ten). Of every size the newest thousand are in
/// work in the same shares, so that the open queues are those of one person whatever the history behind them.
/// </summary>
internal sealed class Seeder(IBulk bulk, int count, DateTimeOffset now)
{
    /// <summary>The number before the first ticket's.</summary>
    public const long Before = 10_000;

    /// <summary>Every ticket whose place in the row divides by this has ten messages.</summary>
    public const int LongEvery = 100;

    /// <summary>Words of fewer letters are not found by their beginning: those the product keeps a list of have as many.</summary>
    public const int ShortestBeginning = 3;

    private static readonly DateTimeOffset NeverDue = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(2026);
    private readonly Writing _writing = new(new Random(42));
    private readonly int[] _ticketsOf = new int[Customers(count)];
    private readonly DateTimeOffset[] _seen = new DateTimeOffset[Customers(count)];

    private sealed record State(string Queue, string Status, bool Ours);

    public void Run()
    {
        var start = now.AddYears(-3);
        for (var i = 0; i < count; i++)
        {
            AddTicket(i, start + ((now - start) * ((double)i / count)), StateOf(count - i));
        }

        for (var i = 0; i < _ticketsOf.Length; i++)
        {
            AddCustomer(i, start);
        }

        bulk.Execute($"UPDATE \"Counters\" SET \"Value\" = {Before + count} WHERE \"Name\" = 'ticket'");
        bulk.Execute("INSERT INTO \"Settings\" (\"Name\", \"Json\") VALUES ('BusinessSettings', '{\"name\":\"Bench\",\"setUp\":true}')");
    }

    public static string EmailOf(int customer) => $"customer{customer}@mail{customer % 50}.example";

    public static int Customers(int tickets) => Math.Max(200, tickets / 5);

    // 300 to answer, 200 waiting, 100 held, 100 asleep, 300 solved; behind them all is closed but one spam in 200.
    private static State StateOf(int fromEnd) => fromEnd > 1000
        ? fromEnd % 200 == 0 ? new("Spam", "New", false) : new("Closed", "Closed", true)
        : (fromEnd % 10) switch
        {
            0 or 1 or 2 => new("Mine", "Open", false),
            3 or 4 => new("Waiting", "Pending", true),
            5 => new("Held", "OnHold", true),
            6 => new("Snoozed", "Open", false),
            _ => new("Solved", "Solved", true),
        };

    private void AddTicket(int i, DateTimeOffset created, State state)
    {
        var customer = _random.Next(_ticketsOf.Length);
        var chinese = IsChinese(customer);
        var id = Id(created);
        var number = Before + i + 1;
        var subject = _writing.Subject(chinese);
        var messages = i % LongEvery == 0 ? 10 : 5;
        var step = Min(TimeSpan.FromHours(4), (now - created) / messages);
        var last = created + (step * (messages - 1));
        Event(id, number, created, "Opened", "Customer", NameOf(customer), null, null, "email");
        bulk.AddText(id, null, $"{number} {subject}");
        var (preview, inbound) = AddMessages(id, number, customer, messages, created, step, state.Ours);
        if (state.Queue == "Closed")
        {
            Event(id, number, last, "StatusChanged", "Agent", "Lin", null, "Open", "Closed");
        }

        var due = state.Queue == "Mine" ? now.AddMinutes(_random.Next(-2000, 4000)) : (DateTimeOffset?)null;
        bulk.Add(Table.Tickets,
            id, number, subject, TextFold.Fold(subject), Id(customer), "email", state.Status, _random.Next(10) switch { 0 => "High", 1 => "Urgent", 2 => "Low", _ => "Normal" },
            "Question", _random.Next(3) == 0 ? new[] { _writing.Pick(Words.Tags) } : [], "{}", Array.Empty<Guid>(), Language(chinese), Id(created).ToString("N"),
            created, last, last, state.Ours ? null : last, created + step, state.Queue == "Solved" ? now.AddHours(-_random.Next(1, 72)) : state.Queue == "Closed" ? last : null,
            state.Queue == "Closed" ? last : null, due, due ?? NeverDue, state.Queue == "Snoozed" ? now.AddDays(_random.Next(2, 30)) : null,
            state.Queue == "Spam", state.Queue, preview, messages, inbound, 0, 0, false, !state.Ours && _random.Next(4) == 0, (long)messages);
        _ticketsOf[customer]++;
        _seen[customer] = last;
    }

    private (string Preview, int Inbound) AddMessages(Guid ticket, long number, int customer, int count, DateTimeOffset created, TimeSpan step, bool ours)
    {
        var chinese = IsChinese(customer);
        var body = "";
        var inbound = 0;
        for (var m = 0; m < count; m++)
        {
            var reply = m == count - 1 ? ours : m % 2 == 1;
            var name = reply ? "Lin" : NameOf(customer);
            var address = reply ? null : EmailOf(customer);
            var at = created + (step * m);
            var id = Id(at);
            body = _writing.Body(chinese, reply, name);
            // Half of the mails came with HTML.
            var html = !reply && _random.Next(2) == 0 ? $"<div>{WebUtility.HtmlEncode(body).Replace("\n", "<br>", StringComparison.Ordinal)}</div>" : null;
            bulk.Add(Table.Messages,
                id, ticket, reply ? "Reply" : "Inbound", reply ? "Agent" : "Customer", name, "email", at, body, html, Language(chinese), address,
                reply ? new[] { EmailOf(customer) } : [], Array.Empty<string>(), Array.Empty<string>(), $"{id:N}@bench.example", false, reply ? "Sent" : "None", false);
            bulk.AddText(ticket, id, address is null ? $"{body} {name}" : $"{body} {name} {address}");
            Event(ticket, number, at, reply ? "Replied" : "Received", reply ? "Agent" : "Customer", name, id, null, null);
            inbound += reply ? 0 : 1;
        }

        var line = body.ReplaceLineEndings(" ");
        return (line.Length <= 200 ? line : line[..200], inbound);
    }

    private void Event(Guid ticket, long number, DateTimeOffset at, string kind, string actor, string name, Guid? message, string? from, string? to)
        => bulk.Add(Table.Events, ticket, number, at, kind, actor, name, message, from, to);

    private void AddCustomer(int i, DateTimeOffset start)
    {
        var id = Id(i);
        bulk.Add(Table.Customers,
            id, NameOf(i), TextFold.Fold(NameOf(i)), Language(IsChinese(i)), "", "{}", Array.Empty<string>(), i % 40 == 0, false, start, _ticketsOf[i] == 0 ? start : _seen[i], _ticketsOf[i], 0L);
        bulk.Add(Table.Addresses, Id(start), id, "Email", EmailOf(i), EmailOf(i), true);
        foreach (var word in SearchTokens.ForIndex($"{NameOf(i)} {EmailOf(i)}").Split(' ').Distinct(StringComparer.Ordinal))
        {
            bulk.Add(Table.Words, word, id);
        }
    }

    private static bool IsChinese(int customer) => customer % 2 == 0;

    private static string NameOf(int customer) => Words.Names[(customer % 2 == 0 ? 10 : 0) + (customer / 2 % 10)];

    private static string Language(bool chinese) => chinese ? "zh-Hans" : "en";

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static Guid Id(int customer) => Guid.ParseExact(customer.ToString("x12", CultureInfo.InvariantCulture).Insert(0, "01900000000070008000"), "N");

    /// <summary>A row id like the product's own: it sorts by time (RFC 9562 §5.7).</summary>
    private Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | 0x7000L | (uint)_random.Next(0x1000));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
