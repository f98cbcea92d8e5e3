// How fast the engine's inner loops run: conditions on objects in memory, and due times.
// dotnet run -c Release --project bench/Solodesk.Engine.Bench
using System.Diagnostics;
using Solodesk.Engine.Bench;
using Solodesk.Engine.Conditions;
using Solodesk.Engine.Sla;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

const int Count = 1_000_000;
var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
var now = new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero);
var context = new ConditionContext(now, shanghai, BusinessHours.Weekdays(shanghai, "09:00-12:00", "13:30-18:00"));
var random = new Random(1);
string?[] names = ["李雷", "Ada Lovelace", null, "韩梅梅", "Grace Hopper"];
var rows = Enumerable.Range(0, Count).Select(n => new Item(
    TextFold.Fold($"订单 {n} 申请退款 refund request"), random.Next(6), (Status)random.Next(3), now.AddMinutes(-random.Next(100_000)),
    random.Next(5) == 0 ? null : new Owner(names[random.Next(names.Length)]), random.Next(4) == 0 ? ["vip", "b2b"] : [])).ToArray();

Report("one comparison (status is open)", Condition.Where("status", Op.Is, "open"));
Report("text contains (30 characters)", Condition.Where("subject", Op.Contains, "9 申请"));
Report("pattern matches", Condition.Where("subject", Op.Matches, "订单*99*退款*"));
Report("name over a missing parent", Condition.Where("owner.name", Op.StartsWith, "ada"));
Report("a view: 6 comparisons, 2 levels", new AllOf([
    Condition.Where("status", Op.AnyOf, "open", "pending"),
    Condition.Where("created", Op.WithinLast, 30, SpanUnit.Days),
    new AnyOf([
        Condition.Where("priority", Op.MoreThan, 3m),
        Condition.Where("tags", Op.Is, "vip"),
        Condition.Where("owner.name", Op.Contains, "ada"),
        Condition.Where("subject", Op.Contains, "99")])]));
Report("created in working hours (Shanghai)", Condition.Where("created", Op.InWorkingHours));

var view = Condition.Parse("""{"all":[{"field":"status","op":"is","value":"open"},{"field":"subject","op":"contains","value":"a"}]}""").Value;
Timed("compile a condition of 2 comparisons", 500, _ => view.Compile(Item.Fields, context).Value);
Timed("make it for one call and call it", 5_000, n => view.Compile(Item.Fields, context, once: true).Value(rows[n]));
Timed("translate it for SQL", 20_000, _ => view.ToExpression(Item.Fields, context).Value);

var office = BusinessHours.Weekdays(berlin, "09:00-12:00", "13:30-18:00");
Timed("add 8 working hours (Berlin)", 300_000, n => office.Add(now.AddMinutes(n), TimeSpan.FromHours(8)));
Timed("working time of 30 days (Berlin)", 50_000, n => office.Between(now.AddMinutes(n), now.AddMinutes(n).AddDays(30)));

void Report(string name, Condition condition)
{
    var meets = condition.Compile(Item.Fields, context).Value;
    var met = 0;
    var best = double.MaxValue;
    for (var round = 0; round < 5; round++)
    {
        met = 0;
        var start = Stopwatch.GetTimestamp();
        foreach (var row in rows)
        {
            met += meets(row) ? 1 : 0;
        }

        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    Console.WriteLine($"{name,-40} {best,8:0.0} ms for {Count:n0} objects, {met:n0} met");
}

static void Timed(string name, int times, Func<int, object> run)
{
    var best = double.MaxValue;
    for (var round = 0; round < 3; round++)
    {
        var start = Stopwatch.GetTimestamp();
        for (var n = 0; n < times; n++)
        {
            run(n);
        }

        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / times);
    }

    Console.WriteLine($"{name,-40} {best,8:0.00} µs each");
}
