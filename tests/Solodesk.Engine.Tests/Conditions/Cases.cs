using FsCheck;
using FsCheck.Fluent;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>Random rows, and random conditions that are likely to meet some of them.</summary>
internal static class Cases
{
    public static readonly Guid[] People = [.. Enumerable.Range(1, 4).Select(n => new Guid(n, 0, 0, new byte[8]))];

    private static readonly string[] Words =
        ["refund", "REFUND", "退款", "退", "款", "100%", "a_b", "axb", "\\", "\\%", "ÉMILE", "émile", "Straße", "ＡＢＣ", "abc", "O'Brien", "😀", "*", "?", " ", "\n", "ЯК"];

    private static readonly string[] Keys = ["vip", "VIP", "退款", "a_b", "100%", "later"];

    private static readonly string[] Zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana"];

    /// <summary>Days on which clocks change, and the ends of a week, a month and a year.</summary>
    private static readonly DateOnly[] Days =
        [new(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 5), new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2026, 1, 1), new(2026, 6, 30)];

    /// <summary>Often exactly a midnight somewhere, or a microsecond beside it.</summary>
    public static Gen<DateTimeOffset> Moment { get; } =
        from day in Gen.Elements(Days)
        from days in Gen.Choose(-3, 3)
        from zone in Gen.Elements(Zones)
        from minutes in Gen.Elements(0, 0, 0, 30, 60, 90, 150, 1439, -721)
        from microseconds in Gen.Elements(0, 0, 0, 1, -1, 999_999)
        select Engine.Sla.WallClock.ToUtc(day.AddDays(days).ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .AddMinutes(minutes).AddMicroseconds(microseconds);

    public static Gen<ConditionContext> Context { get; } =
        from now in Moment
        from ticks in Gen.Choose(0, 9)
        from offset in Gen.Choose(-10, 12)
        from zone in Gen.Elements(Zones)
        from me in Gen.Elements([.. People.Select(id => id.ToString()), null])
        from week in Gen.Elements(DayOfWeek.Monday, DayOfWeek.Sunday)
        select new ConditionContext(now.AddTicks(ticks).ToOffset(TimeSpan.FromHours(offset)), TimeZoneInfo.FindSystemTimeZoneById(zone), Engine.Sla.BusinessHours.Always, me, WeekStart: week);

    public static Gen<Case> Row { get; } =
        from subject in OrNull(Phrase(Words))
        from status in Gen.Elements(Enum.GetValues<CaseStatus>())
        from mood in OrNullValue(Gen.Elements(Enum.GetValues<Mood>()))
        from numbers in Gen.Choose(-3, 6).ArrayOf(6)
        from missing in Gen.Elements(true, false, false).ArrayOf(6)
        from created in Moment
        from due in OrNullValue(Moment)
        from assignee in OrNullValue(Gen.Elements(People))
        from channel in OrNull(Gen.Elements("email", "chat", ""))
        from client in OrNull(Client())
        from labels in Gen.Elements(Keys).ListOf(numbers[0] & 1)
        from tags in Gen.Elements(Keys).ListOf(numbers[1] & 3)
        from bodies in OrNull(Phrase(Words)).ListOf(numbers[2] & 3)
        from said in Moment
        from sender in OrNullValue(Gen.Elements(People))
        from custom in OrNull(Phrase(Words))
        from change in Change
        select new Case
        {
            Subject = subject,
            SubjectFolded = subject is null ? null : TextFold.Fold(subject),
            Status = status,
            Mood = mood,
            Replies = numbers[0],
            Size = missing[0] ? null : numbers[1] == 6 ? long.MaxValue : numbers[1],
            Value = missing[1] ? null : numbers[2] / 2m,
            Score = missing[2] ? null : numbers[3] / 4.0,
            Paid = missing[3],
            Satisfied = missing[4] ? null : numbers[4] > 0,
            Created = created,
            Due = due,
            Assignee = assignee,
            Channel = channel,
            Client = client,
            Labels = [.. labels],
            Tags = [.. tags.Distinct().Select(tag => new CaseTag { Name = tag })],
            Messages = [.. bodies.Select(body => new Said { BodyFolded = body is null ? null : TextFold.Fold(body), At = said, By = sender, Mood = mood, Read = missing[4] ? null : missing[3] })],
            Custom = missing[5]
                ? []
                : [
                    new CustomValue { Key = "size", Text = custom is null ? null : TextFold.Fold(custom) },
                    new CustomValue { Key = "weight", Number = numbers[5] == 6 ? null : numbers[5] },
                ],
            Events = change is null ? [] : [change],
        };

    public static Gen<Condition> Tree { get; } = TreeOf(3);

    public static IReadOnlyList<Case> Rows(int count, int seed)
    {
        var rows = Row.Sample(new Rnd((ulong)seed), count, 50);
        foreach (var (index, row) in rows.Index())
        {
            row.Id = index + 1;
        }

        return rows;
    }

    /// <summary>Smaller conditions, to find the one comparison that is to blame.</summary>
    public static IEnumerable<Condition> Smaller(Condition condition) => condition switch
    {
        AllOf all => [.. all.Parts, .. all.Parts.Select((_, index) => new AllOf([.. all.Parts.Where((_, other) => other != index)]))],
        AnyOf any => [.. any.Parts, .. any.Parts.Select((_, index) => new AnyOf([.. any.Parts.Where((_, other) => other != index)]))],
        Not not => [not.Part, .. Smaller(not.Part).Select(part => new Not(part))],
        _ => [],
    };

    private static Case[] Sample(this Gen<Case> gen, Rnd seed, int count, int size) => [.. Gen.Sample(gen, count, seed, size)];

    private static Gen<Client> Client() =>
        from name in OrNull(Phrase(Words))
        from visits in Gen.Choose(0, 4)
        from since in Moment
        select new Client { Name = name, Visits = visits, Since = since };

    private static Gen<Happened?> Change =>
        from name in Gen.Elements("case.status", "case.value", "case.assignee", "case.tags")
        from values in (name switch
        {
            "case.status" => Gen.Elements("open", "pending", null),
            "case.value" => Gen.Elements("1", "2.5", null),
            "case.assignee" => Gen.Elements(People[0].ToString(), People[1].ToString(), null),
            _ => Gen.Elements("vip", "退款", null),
        }).ArrayOf(2)
        from none in Gen.Elements(true, false)
        select none ? null : new Happened { Field = name, From = values[0], To = values[1] };

    private static Gen<Condition> TreeOf(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency(
            (4, Leaf),
            (2, from count in Gen.Choose(0, 3) from parts in TreeOf(depth - 1).ListOf(count) select (Condition)new AllOf([.. parts])),
            (3, from count in Gen.Choose(0, 4) from parts in TreeOf(depth - 1).ListOf(count) select (Condition)new AnyOf([.. parts])),
            (2, TreeOf(depth - 1).Select(part => (Condition)new Not(part))));

    /// <summary>One comparison, of any field by any operator that fits.</summary>
    public static Gen<Condition> Leaf =>
        from asked in Gen.Elements<FieldDefinition<Case>>(CaseFields.All.Definitions)
        from op in Gen.Elements<Op>(asked.Operators.Where(op => CanAsk(asked.Key, op)))
        from value in ValueOf(asked, op)
        select (Condition)new Comparison(asked.Key, op, value);

    private static bool CanAsk(string field, Op op) => op switch
    {
        Op.InWorkingHours => field == "now",
        Op.ChangedFrom or Op.ChangedTo => field is "case.status" or "case.value" or "case.assignee" or "case.tags",
        _ => true,
    };

    private static Gen<ConditionValue?> ValueOf(FieldDefinition<Case> field, Op op) => op.Takes() switch
    {
        OperatorValue.None => Gen.Constant<ConditionValue?>(null),
        OperatorValue.One => One(field, op).Select(ConditionValue? (value) => value),
        OperatorValue.Many => Gen.Choose(1, 4).SelectMany(count => One(field, op).ListOf(count)).Select(ConditionValue? (items) => new ManyValues([.. items])),
        OperatorValue.Pair => One(field, op).ListOf(2).Select(ConditionValue? (items) => new ManyValues([.. items])),
        OperatorValue.Span =>
            from amount in Gen.Choose(1, 30)
            from unit in Gen.Elements(Enum.GetValues<SpanUnit>())
            select (ConditionValue?)new SpanValue(amount, unit),
        _ => throw new InvalidOperationException(),
    };

    private static Gen<ConditionValue> One(FieldDefinition<Case> field, Op op) => field.Kind switch
    {
        FieldKind.Text or FieldKind.LongText when op == Op.Matches => Pattern.Select(Text),
        FieldKind.Text or FieldKind.LongText => Gen.Elements(Words).Select(Text),
        FieldKind.Number => Gen.Elements(-3m, -0.5m, 0m, 0.25m, 1m, 1.5m, 2m, 2.5m, 3m, 6m, 1e10m, -1e20m, 1e20m).Select(ConditionValue (number) => new NumberValue(number)),
        FieldKind.Boolean => Gen.Elements(true, false).Select(ConditionValue (flag) => new FlagValue(flag)),
        FieldKind.Date => Date.Select(Text),
        FieldKind.Choice when field.Choices.Count > 0 => Gen.Elements<Choice>(field.Choices).Select(choice => Text(choice.Value)),
        FieldKind.Choice when field.Key == "message.mood" => Gen.Elements("calm", "angry").Select(Text),
        FieldKind.Choice => Gen.Elements("email", "chat", "phone").Select(Text),
        FieldKind.Tags => Gen.Elements(Keys).Select(Text),
        FieldKind.Person => Gen.Elements([.. People.Select(id => id.ToString()), "me"]).Select(Text),
        _ => throw new InvalidOperationException(),
    };

    private static Gen<string> Date => Gen.OneOf(
        Gen.Elements<string>(DateValue.Names.Keys),
        Moment.Select(at => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        Moment.Select(at => at.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        Moment.Select(at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        Moment.Select(at => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)));

    private static Gen<string> Pattern =>
        from parts in Gen.Elements([.. Words, "*", "*", "*", "?", "?", "\\*", "\\?", "\\\\"]).ListOf(3)
        select string.Concat(parts);

    private static Gen<string> Phrase(string[] words) =>
        from count in Gen.Choose(0, 3)
        from parts in Gen.Elements(words).ListOf(count)
        select string.Concat(parts);

    private static ConditionValue Text(string text) => new TextValue(text);

    private static Gen<TValue?> OrNull<TValue>(Gen<TValue> gen)
        where TValue : class => Gen.Frequency((1, Gen.Constant<TValue?>(null)), (3, gen.Select(TValue? (value) => value)));

    private static Gen<TValue?> OrNullValue<TValue>(Gen<TValue> gen)
        where TValue : struct => Gen.Frequency((1, Gen.Constant<TValue?>(null)), (3, gen.Select(TValue? (value) => value)));
}
