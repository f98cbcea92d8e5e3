using Solodesk.Engine.Conditions;

namespace Solodesk.Engine.Bench;

internal enum Status
{
    Open,
    Pending,
    Solved,
}

internal sealed record Owner(string? Name);

internal sealed record Item(string Subject, int Priority, Status Status, DateTimeOffset Created, Owner? Owner, IReadOnlyList<string> Tags)
{
    public static FieldCatalogue<Item> Fields { get; } = new(
        FieldDefinition<Item>.Text("subject", new("主题", "Subject"), item => item.Subject, folded: true),
        FieldDefinition<Item>.Number("priority", new("优先级", "Priority"), item => item.Priority),
        FieldDefinition<Item>.Choice("status", new("状态", "Status"), item => item.Status),
        FieldDefinition<Item>.Date("created", new("创建时间", "Created"), item => item.Created),
        FieldDefinition<Item>.Text("owner.name", new("客户姓名", "Customer"), item => item.Owner!.Name),
        FieldDefinition<Item>.Tags("tags", new("标签", "Tags"), item => item.Tags));
}
