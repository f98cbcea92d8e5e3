using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Setup.Demo;

/// <summary>What the founder has arranged: who they are, categories, fields, templates, promises.</summary>
internal static class DemoSettled
{
    public const string BusinessName = "Driftnote 漂流笔记";

    /// <summary>A domain that exists nowhere (RFC 2606).</summary>
    public const string Address = "hi@driftnote.example";

    public static readonly Guid FounderId = Guid.Parse("019b0000-0000-7000-8000-0000000d31f7");

    public static PromiseSettings Promise { get; } = new() { FirstResponseHours = 12, ResolutionHours = 24 };

    public static BusinessSettings Business(DateOnly today) => new()
    {
        Name = BusinessName,
        Language = "zh-Hans",
        Hours = DemoCalendar.Hours(today),
        Industry = "saas",
        SetUp = true,
    };

    public static TagSettings Tags { get; } = new()
    {
        Suggested = ["同步", "退款", "发票", "SSO", "安卓", "iPad", "导出", "导入", "教育", "团队", "API", "已反馈", "心愿", "VIP"],
    };

    public static Agent Founder(DateTimeOffset createdAt) => new()
    {
        Id = FounderId,
        Name = "周野",
        UserName = "zhouye@driftnote.example",
        NormalizedUserName = "ZHOUYE@DRIFTNOTE.EXAMPLE",
        Email = "zhouye@driftnote.example",
        NormalizedEmail = "ZHOUYE@DRIFTNOTE.EXAMPLE",
        Role = Role.Owner,
        Language = "zh-Hans",
        TimeZone = "Asia/Shanghai",
        Signature = "周野\nDriftnote 漂流笔记",
        LockoutEnabled = true,
        SecurityStamp = Ids.Token(),
        ConcurrencyStamp = Ids.Token(),
        CreatedAt = createdAt,
    };

    public static IReadOnlyList<CustomField> Fields(DateTimeOffset at, DemoRandom chance)
    {
        (CustomFieldTarget Target, string Key, string Label, CustomFieldKind Kind, string[] Options)[] fields =
        [
            (CustomFieldTarget.Ticket, "order", "订单号", CustomFieldKind.Text, []),
            (CustomFieldTarget.Ticket, "device", "设备", CustomFieldKind.Text, []),
            (CustomFieldTarget.Ticket, "version", "版本", CustomFieldKind.Text, []),
            (CustomFieldTarget.Customer, "plan", "方案", CustomFieldKind.Text, []),
            (CustomFieldTarget.Customer, "device", "常用设备", CustomFieldKind.Text, []),
            (CustomFieldTarget.Organization, "seats", "席位", CustomFieldKind.Number, []),
        ];
        return
        [
            .. fields.Select((f, i) => new CustomField
            {
                Id = chance.Id(at),
                Target = f.Target,
                Key = f.Key,
                Label = f.Label,
                Kind = f.Kind,
                Options = [.. f.Options],
                Position = i,
            }),
        ];
    }

    public static IReadOnlyList<Template> Templates(DateTimeOffset at, DemoRandom chance) =>
    [
        .. StoryBook.Read("templates").Select(t => new Template
        {
            Id = chance.Id(at),
            Name = t.Key,
            Folder = t.Fact("folder") ?? "",
            Language = t.Fact("language"),
            Body = t.Part("body")[0],
            UseCount = (int)t.Number("used", 0),
            UpdatedAt = at.AddDays(chance.Between(20, 300)),
        }),
    ];
}
