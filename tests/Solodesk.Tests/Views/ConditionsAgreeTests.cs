using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Engine.Conditions;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Tests.Views;

/// <summary>A condition fits a ticket in memory exactly when the database finds it: random trees over every field of real tickets.</summary>
public sealed class ConditionsAgreeTests
{
    private static readonly string[] Words = ["退款", "Refund", "refund please", "ＲＥＦＵＮＤ", "100%", "a_b", "导出", "Éclair", "Возврат", "", "\\", "x"];
    private static readonly string[] Tags = ["billing", "导出", "VIP", "a, b"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_and_database_find_the_same_tickets()
    {
        await using var desk = new DeskApp();
        var random = new Random(20260105);
        await FillAsync(desk, random);
        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);
        var ids = await db.Set<Ticket>().Select(t => t.Id).ToListAsync(Ct);
        var all = await TicketScope.ReadAsync(db, ids, Ct);
        var fields = await desk.Get<ReadTicketFields>().NamedAsync(Ct);
        var context = await desk.Get<ReadTicketFields>().ContextAsync(desk.Founder, Ct);

        var found = 0;
        for (var round = 0; round < 400; round++)
        {
            var condition = Tree(random, fields, all, 0);
            var expected = all.Where(condition.Compile(fields, context, once: true).Value).Select(s => s.Ticket.Number).Order().ToList();
            var actual = await TicketScope.Of(db, db.Set<Ticket>().AsNoTracking()).Where(condition.ToExpression(fields, context).Value)
                .Select(s => s.Ticket.Number).OrderBy(n => n).ToListAsync(Ct);
            Assert.True(expected.SequenceEqual(actual), $"{condition.ToJson()}\nmemory: {string.Join(' ', expected)}\ndatabase: {string.Join(' ', actual)}");
            found += expected.Count is > 0 and < 40 ? 1 : 0;
        }

        // Conditions that everything or nothing meets would agree by chance.
        Assert.True(found > 100, $"only {found} of 400 conditions told tickets apart");
    }

    [Fact]
    public async Task Every_operator_of_every_field_can_be_asked_of_the_database()
    {
        await using var desk = new DeskApp();
        var random = new Random(7);
        await FillAsync(desk, random);
        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);
        var all = await TicketScope.ReadAsync(db, await db.Set<Ticket>().Select(t => t.Id).ToListAsync(Ct), Ct);
        var fields = await desk.Get<ReadTicketFields>().NamedAsync(Ct);
        var context = await desk.Get<ReadTicketFields>().ContextAsync(desk.Founder, Ct);

        foreach (var field in fields.Definitions)
        {
            foreach (var op in Askable(field))
            {
                var condition = new Comparison(field.Key, op, Value(random, field, op, all));
                var expected = all.Count(condition.Compile(fields, context, once: true).Value);
                Assert.True(expected == await TicketScope.Of(db, db.Set<Ticket>()).Where(condition.ToExpression(fields, context).Value).CountAsync(Ct), condition.ToJson());
            }
        }
    }

    [Fact]
    public async Task What_was_said_is_found_whatever_its_case_and_width()
    {
        await using var desk = new DeskApp();
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("Größe ändern", "ÄRGER mit der Rechnung. ВОЗВРАТ ДЕНЕГ. ＲＥＦＵＮＤ １２", "api") { CustomerEmail = "c@example.com" }, Ct);
        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);
        var fields = await desk.Get<ReadTicketFields>().NamedAsync(Ct);
        var context = await desk.Get<ReadTicketFields>().ContextAsync(desk.Founder, Ct);

        foreach (var (field, text) in new[] { ("message.body", "ärger"), ("message.body", "возврат денег"), ("message.body", "refund 12"), ("ticket.subject", "GRÖSSE ÄNDERN".Replace("SS", "ß", StringComparison.Ordinal)) })
        {
            var condition = Condition.Where(field, Op.Contains, text);
            Assert.Equal([opened.Value.Number], await TicketScope.Of(db, db.Set<Ticket>().AsNoTracking()).Where(condition.ToExpression(fields, context).Value).Select(s => s.Ticket.Number).ToListAsync(Ct));
        }

        foreach (var words in new[] { "ärger", "Возврат", "refund", "ändern" })
        {
            var found = await desk.Get<Solodesk.Search.FindTickets>().RunAsync(desk.Founder, words, 10, null, snippets: false, Ct);
            Assert.Equal([opened.Value.Number], found.Items.Select(i => i.Row.Number));
        }
    }

    private static async Task FillAsync(DeskApp desk, Random random)
    {
        await desk.Get<Settings>().SaveAsync(new Solodesk.Tickets.Complaints.ComplaintSettings { AskClosing = false }, Ct);
        for (var i = 0; i < 40; i++)
        {
            var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new(Pick(random, Words) + " " + Pick(random, Words), "正文 " + Pick(random, Words), Pick(random, ["email", "web", "api"]))
            {
                CustomerEmail = $"c{random.Next(12)}@Example.com",
                CustomerName = Pick(random, ["林晓棠", "Ada Byron", "ÉMILE", "ａｄａ"]),
                Priority = Pick(random, Enum.GetValues<TicketPriority>()),
                Type = Pick(random, Enum.GetValues<TicketType>()),
                Severity = Pick(random, Enum.GetValues<ComplaintSeverity>()),
                Tags = [.. Tags.Where(_ => random.Next(3) == 0)],
                AssigneeId = null,
                Language = Pick(random, ["zh-Hans", "en", null]),
                Custom = Custom(random),
            }, Ct);
            desk.Clock.Advance(TimeSpan.FromHours(random.Next(1, 60)));
            await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Value.Id)
            {
                Status = random.Next(2) == 0 ? Pick(random, Enum.GetValues<TicketStatus>()) : null,
                SnoozeUntil = random.Next(6) == 0 ? desk.Clock.GetUtcNow().AddDays(3) : null,
                Spam = random.Next(9) == 0 ? true : null,
                Custom = random.Next(3) == 0 ? Custom(random) : null,
            }, Ct);
        }

        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);
        foreach (var customer in await db.Set<Customer>().ToListAsync(Ct))
        {
            customer.Vip = random.Next(3) == 0;
            customer.YearlyValue = random.Next(2) == 0 ? random.Next(0, 5) * 1000.5m : null;
            customer.Tags = [.. Tags.Where(_ => random.Next(3) == 0)];
            customer.Attributes = random.Next(2) == 0 ? [] : new() { ["plan"] = Pick(random, ["Pro", "ＰＲＯ", "专业版"]) };
        }

        await db.SaveChangesAsync(Ct);

        // Declared afterwards: what was written before need not fit.
        foreach (var (target, kind, key) in new[]
        {
            (CustomFieldTarget.Ticket, CustomFieldKind.Text, "order"), (CustomFieldTarget.Ticket, CustomFieldKind.Number, "amount"), (CustomFieldTarget.Ticket, CustomFieldKind.Date, "bought"),
            (CustomFieldTarget.Ticket, CustomFieldKind.Select, "size"), (CustomFieldTarget.Ticket, CustomFieldKind.MultiSelect, "parts"), (CustomFieldTarget.Ticket, CustomFieldKind.Checkbox, "gift"),
            (CustomFieldTarget.Customer, CustomFieldKind.Text, "plan"),
        })
        {
            var added = await desk.Get<EditCustomFields>().AddAsync(desk.Founder, new(target, kind, key, key, kind is CustomFieldKind.Select or CustomFieldKind.MultiSelect ? ["S", "M", "大"] : []), Ct);
            Assert.True(added.Ok, added.Problem?.Code);
        }
    }

    private static Dictionary<string, string> Custom(Random random)
    {
        var custom = new Dictionary<string, string>();
        void Maybe(string key, string value)
        {
            if (random.Next(2) == 0)
            {
                custom[key] = value;
            }
        }

        Maybe("order", Pick(random, ["SO-1", "so-2", "ＳＯ－1"]));
        Maybe("amount", Pick(random, ["12.5", "3", "-1", "viel"]));
        Maybe("bought", Pick(random, ["2026-01-05", "2025-12-24"]));
        Maybe("size", Pick(random, ["S", "大"]));
        Maybe("parts", Pick(random, ["S\nM", "大"]));
        Maybe("gift", "yes");
        return custom;
    }

    private static Condition Tree(Random random, FieldCatalogue<TicketScope> fields, IReadOnlyList<TicketScope> all, int depth) => random.Next(depth > 2 ? 1 : 5) switch
    {
        1 => new AllOf([.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Tree(random, fields, all, depth + 1))]),
        2 => new AnyOf([.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Tree(random, fields, all, depth + 1))]),
        3 => new Not(Tree(random, fields, all, depth + 1)),
        _ => Leaf(random, fields, all),
    };

    private static Comparison Leaf(Random random, FieldCatalogue<TicketScope> fields, IReadOnlyList<TicketScope> all)
    {
        var field = Pick(random, fields.Definitions);
        var op = Pick(random, Askable(field).ToList());
        return new Comparison(field.Key, op, Value(random, field, op, all));
    }

    // Changes have no source here, and a column has no answer to working hours.
    private static IEnumerable<Op> Askable(FieldDefinition<TicketScope> field)
        => field.Operators.Where(o => o is not (Op.HasChanged or Op.ChangedFrom or Op.ChangedTo) && (o != Op.InWorkingHours || field.Key == "now"));

    private static ConditionValue? Value(Random random, FieldDefinition field, Op op, IReadOnlyList<TicketScope> all) => op.Takes() switch
    {
        OperatorValue.None => null,
        OperatorValue.One => One(random, field, all),
        OperatorValue.Many => new ManyValues([One(random, field, all), One(random, field, all)]),
        OperatorValue.Pair => new ManyValues([One(random, field, all), One(random, field, all)]),
        OperatorValue.Span => new SpanValue(random.Next(1, 200), Pick(random, Enum.GetValues<SpanUnit>())),
        _ => throw new InvalidOperationException(),
    };

    private static ConditionValue One(Random random, FieldDefinition field, IReadOnlyList<TicketScope> all) => field.Kind switch
    {
        FieldKind.Number => new NumberValue(Pick(random, [0m, 1m, 2.5m, 12.5m, 1000.5m, 10005m])),
        FieldKind.Boolean => new FlagValue(random.Next(2) == 0),
        FieldKind.Date => new TextValue(Pick(random, ["today", "lastWeek", "2026-01-05", "2026-01-09T10:00", Pick(random, all).Ticket.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)])),
        FieldKind.Person => new TextValue(Pick(random, ["me", Guid.Empty.ToString()])),
        FieldKind.Choice when field.Choices.Count == 0 => new TextValue(Pick(random, ["zh-Hans", "en", "fr"])),
        FieldKind.Tags when field.Choices.Count == 0 => new TextValue(Pick(random, Tags)),
        FieldKind.Choice or FieldKind.Tags => new TextValue(Pick(random, field.Choices).Value),
        FieldKind.LongText => new TextValue(Pick(random, ["退款", "REFUND", "ｒｅｆｕｎｄ", "ÉCLAIR", "ВОЗВРАТ", "100%", "a_b", "*导*"])),
        FieldKind.Text => new TextValue(Pick(random, ["退款", "REFUND", "ÉCLAIR", "возврат", "100%", "a_b", "c1", "ｅｘａｍｐｌｅ", "example", "ada", "so-*", "*@*", "林"])),
        _ => throw new InvalidOperationException(),
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
