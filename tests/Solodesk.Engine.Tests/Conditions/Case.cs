using Solodesk.Engine.Conditions;

namespace Solodesk.Engine.Tests.Conditions;

public enum CaseStatus
{
    Open,
    Pending,
    Solved,
}

public enum Mood
{
    Calm,
    Angry,
}

/// <summary>A ticket-like object with every shape of field: missing values, an optional parent, children, lists, rows of custom fields, events.</summary>
public sealed class Case
{
    public int Id { get; set; }

    public string? Subject { get; set; }

    public string? SubjectFolded { get; set; }

    public CaseStatus Status { get; set; }

    public Mood? Mood { get; set; }

    public int Replies { get; set; }

    public long? Size { get; set; }

    public decimal? Value { get; set; }

    public double? Score { get; set; }

    public bool Paid { get; set; }

    public bool? Satisfied { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? Due { get; set; }

    public Guid? Assignee { get; set; }

    public string? Channel { get; set; }

    public int? ClientId { get; set; }

    public Client? Client { get; set; }

    public List<string> Labels { get; set; } = [];

    public List<CaseTag> Tags { get; set; } = [];

    public List<Said> Messages { get; set; } = [];

    public List<CustomValue> Custom { get; set; } = [];

    public List<Happened> Events { get; set; } = [];
}

public sealed class Client
{
    public int Id { get; set; }

    public string? Name { get; set; }

    public int Visits { get; set; }

    public DateTimeOffset Since { get; set; }
}

public sealed class CaseTag
{
    public int Id { get; set; }

    public required string Name { get; set; }
}

public sealed class Said
{
    public int Id { get; set; }

    public string? BodyFolded { get; set; }

    public DateTimeOffset At { get; set; }

    public Guid? By { get; set; }

    public Mood? Mood { get; set; }

    public bool? Read { get; set; }
}

public sealed class CustomValue
{
    public int Id { get; set; }

    public required string Key { get; set; }

    public string? Text { get; set; }

    public decimal? Number { get; set; }
}

public sealed class Happened
{
    public int Id { get; set; }

    public required string Field { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }
}

internal static class CaseFields
{
    private static readonly string _size = "size", _weight = "weight";

    public static FieldCatalogue<Case> All { get; } = new FieldCatalogue<Case>(
        FieldDefinition<Case>.Text("case.subject", new("主题", "Subject"), c => c.SubjectFolded, folded: true),
        FieldDefinition<Case>.Choice(
            "case.status", new("状态", "Status"), c => c.Status,
            new("open", new("待处理", "open")), new("pending", new("等待客户", "pending")), new("solved", new("已解决", "solved"))),
        FieldDefinition<Case>.Choice(
            "case.mood", new("情绪", "Mood"), c => c.Mood, new("calm", new("平静", "calm")), new("angry", new("生气", "angry"))),
        FieldDefinition<Case>.Choice("case.channel", new("渠道", "Channel"), c => c.Channel),
        FieldDefinition<Case>.Number("case.replies", new("回复数", "Replies"), c => c.Replies),
        FieldDefinition<Case>.Number("case.size", new("大小", "Size"), c => c.Size),
        FieldDefinition<Case>.Number("case.value", new("金额", "Value"), c => c.Value),
        FieldDefinition<Case>.Number("case.score", new("得分", "Score"), c => c.Score),
        FieldDefinition<Case>.Boolean("case.paid", new("已付款", "Paid"), c => c.Paid),
        FieldDefinition<Case>.Boolean("case.satisfied", new("满意", "Satisfied"), c => c.Satisfied),
        FieldDefinition<Case>.Date("case.created", new("创建时间", "Created"), c => c.Created),
        FieldDefinition<Case>.Date("case.due", new("到期时间", "Due"), c => c.Due),
        FieldDefinition<Case>.Person("case.assignee", new("负责人", "Assignee"), c => c.Assignee),
        FieldDefinition<Case>.Tags("case.tags", new("标签", "Tags"), c => c.Tags.Select(tag => tag.Name)),
        FieldDefinition<Case>.Tags("case.labels", new("分类", "Labels"), c => c.Labels),
        FieldDefinition<Case>.Text("client.name", new("客户姓名", "Customer"), c => c.Client!.Name),
        FieldDefinition<Case>.Number("client.visits", new("访问次数", "Visits"), c => c.Client!.Visits),
        FieldDefinition<Case>.Date("client.since", new("注册时间", "Since"), c => c.Client!.Since),
        FieldDefinition<Case>.EachText(
            "message.body", new("消息内容", "Message"), c => c.Messages.Select(said => said.BodyFolded), folded: true, isLong: true),
        FieldDefinition<Case>.EachDate("message.at", new("消息时间", "Said"), c => c.Messages.Select(said => (DateTimeOffset?)said.At)),
        FieldDefinition<Case>.EachPerson("message.by", new("发送者", "Sender"), c => c.Messages.Select(said => said.By)),
        FieldDefinition<Case>.EachChoice("message.mood", new("消息情绪", "Mood"), c => c.Messages.Select(said => said.Mood)),
        FieldDefinition<Case>.EachBoolean("message.read", new("已读", "Read"), c => c.Messages.Select(said => said.Read)),
        FieldDefinition<Case>.EachText(
            "case.custom.size", new("尺码", "Size"), c => c.Custom.Where(value => value.Key == _size).Select(value => value.Text), folded: true),
        FieldDefinition<Case>.EachNumber(
            "case.custom.weight", new("重量", "Weight"), c => c.Custom.Where(value => value.Key == _weight).Select(value => value.Number)),
        FieldDefinition<Case>.Now("now", new("现在", "Now")));

    public static FieldCatalogue<Case> WithChanges { get; } = All.WithChanges(
        c => c.Events.Select(happened => new FieldChange { Field = happened.Field, From = happened.From, To = happened.To }));
}
