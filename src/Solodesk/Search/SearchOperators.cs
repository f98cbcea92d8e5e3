using System.Globalization;
using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Search;

/// <summary>The operators of the search, their names in both languages, and what their values ask of a ticket.</summary>
internal static class SearchOperators
{
    private static readonly Dictionary<string, string> Names = Read(
        "status 状态", "from 来自 客户", "tag 标签 label", "has 含 有", "is 是", "before 之前 早于", "after 之后 晚于", "assignee 负责人 owner", "channel 渠道", "priority 优先级", "type 类型",
        "subject 主题", "company 公司");

    private static readonly Dictionary<string, string[]> Statuses = Values(
        "new,open=open 未解决 待处理 打开", "new=new 新 新建", "pending=pending waiting 等客户 等待", "onHold=hold onhold 搁置", "solved=solved 已解决 解决", "closed=closed 已关闭 关闭");

    private static readonly Dictionary<string, string[]> Priorities = Values("urgent=urgent 紧急", "high=high 高", "normal=normal 普通 中", "low=low 低");

    private static readonly Dictionary<string, string[]> Types = Values(
        "question=question 咨询 问题咨询", "incident=incident 故障", "problem=problem 问题", "task=task 任务", "complaint=complaint 投诉");

    private static readonly Dictionary<string, string[]> Channels = Values("email=email mail 邮件", "web=web form 表单 网页", "chat=chat 聊天", "phone=phone 电话", "api=api");

    /// <summary>Every name, for the hint beside the field.</summary>
    public static IReadOnlyCollection<string> Known => Names.Keys;

    public static string? Find(string name) => Names.GetValueOrDefault(name.Trim().ToLowerInvariant());

    /// <summary>What <c>name:value</c> asks; null when the value means nothing here.</summary>
    public static Condition? Condition(string name, string value)
    {
        var word = value.ToLowerInvariant();
        return name switch
        {
            "status" => Any("ticket.status", Statuses, word),
            "priority" => Any("ticket.priority", Priorities, word),
            "type" => Any("ticket.type", Types, word),
            "channel" => Any("ticket.channel", Channels, word),
            "tag" => Engine.Conditions.Condition.Where("ticket.tags", Op.AnyOf, [.. Spellings(value)]),
            "from" => new AnyOf([Contains("customer.name", value), Contains("customer.address", word)]),
            "company" => new AnyOf([Contains("organization.name", word), Contains("organization.domain", word)]),
            "subject" => Contains("ticket.subject", value),
            "has" => word switch
            {
                "attachment" or "attachments" or "file" or "附件" or "文件" => Engine.Conditions.Condition.Where("ticket.attachments", Op.MoreThan, 0m),
                _ => null,
            },
            "is" => word switch
            {
                "unread" or "未读" => Engine.Conditions.Condition.Where("ticket.unread", Op.Is, true),
                "vip" => Engine.Conditions.Condition.Where("customer.vip", Op.Is, true),
                "spam" or "垃圾" or "垃圾邮件" => Engine.Conditions.Condition.Where("ticket.spam", Op.Is, true),
                "snoozed" or "稍后" => Engine.Conditions.Condition.Where("ticket.snoozed", Op.IsSet),
                "undelivered" or "未送达" => Engine.Conditions.Condition.Where("ticket.undelivered", Op.Is, true),
                _ => null,
            },
            "before" => Date(word) is { } day ? Engine.Conditions.Condition.Where("ticket.lastMessage", Op.Before, day) : null,
            "after" => Date(word) is { } day ? Engine.Conditions.Condition.Where("ticket.lastMessage", Op.After, day) : null,
            "assignee" => word switch
            {
                "me" or "我" => Engine.Conditions.Condition.Where("ticket.assignee", Op.Is, "me"),
                "none" or "nobody" or "无" or "没有" => Engine.Conditions.Condition.Where("ticket.assignee", Op.IsEmpty),
                _ => null,
            },
            _ => null,
        };
    }

    private static Comparison Contains(string field, string value) => Engine.Conditions.Condition.Where(field, Op.Contains, value);

    private static Comparison? Any(string field, Dictionary<string, string[]> values, string word)
        => values.TryGetValue(word, out var keys) ? Engine.Conditions.Condition.Where(field, Op.AnyOf, keys) : null;

    // Tags are compared exactly: the usual spellings of one word are tried.
    private static IEnumerable<string> Spellings(string tag)
        => new[] { tag, tag.ToLowerInvariant(), tag.ToUpperInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(tag.ToLowerInvariant()) }.Distinct(StringComparer.Ordinal);

    private static string? Date(string word)
    {
        var named = word switch
        {
            "today" or "今天" => "today", "yesterday" or "昨天" => "yesterday", "week" or "本周" => "thisWeek", "month" or "本月" => "thisMonth", "year" or "今年" => "thisYear",
            _ => null,
        };
        if (named is not null)
        {
            return named;
        }

        string[] formats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];
        return DateOnly.TryParseExact(word, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2200
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateOnly.TryParseExact(word, ["yyyy-M", "yyyy/M", "yyyy年M月"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= 1900 and <= 2200
                ? month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null;
    }

    private static Dictionary<string, string> Read(params string[] lines)
        => lines.Select(l => l.Split(' ')).SelectMany(names => names.Select(n => (Name: n, First: names[0]))).ToDictionary(n => n.Name, n => n.First, StringComparer.Ordinal);

    private static Dictionary<string, string[]> Values(params string[] lines)
        => lines.Select(l => l.Split('=')).Select(l => (Keys: l[0].Split(','), Words: l.Length > 1 ? l[1].Split(' ') : [l[0]]))
            .SelectMany(l => l.Words.Select(w => (Word: w, l.Keys))).ToDictionary(v => v.Word, v => v.Keys, StringComparer.Ordinal);
}
