namespace Solodesk.Knowledge.Bot;

/// <summary>Why the bot did what it did; kept with each turn.</summary>
internal static class BotReason
{
    public const string Answered = "answered";
    public const string TwoAnswers = "two_answers";
    public const string Requested = "requested";
    public const string SecondMiss = "second_miss";
    public const string Topic = "topic";
    public const string Unknown = "unknown";
    public const string Greeting = "greeting";
    public const string Thanks = "thanks";
    public const string Form = "form";
    public const string Rephrase = "rephrase";
    public const string Off = "off";
}

/// <summary>Words that say more than a question: a wish for a person, thanks, a topic that the founder keeps for themselves.</summary>
internal static class BotWords
{
    private static readonly string[] Person =
    [
        "转人工", "人工客服", "找人工", "要人工", "人工服务", "接人工", "真人", "找客服", "联系客服", "转客服", "跟人说", "和人聊", "活人", "找个人",
        "talk to a human", "talk to human", "speak to a human", "real person", "human agent", "live agent", "speak to someone", "talk to someone", "speak with someone",
        "talk to a person", "speak to a person", "talk to an agent", "speak to an agent", "connect me to", "customer service representative", "speak with a human", "chat with a human",
    ];

    private static readonly string[] PersonAlone = ["人工", "客服", "human", "agent", "person", "operator", "representative"];

    private static readonly string[] Thanks = ["谢谢", "多谢", "感谢", "好的谢谢", "解决了", "明白了", "知道了", "thanks", "thank you", "thx", "got it", "that helped", "solved", "great thanks"];

    private static readonly string[] Hello = ["你好", "您好", "在吗", "在么", "嗨", "哈喽", "hello", "hi", "hey", "good morning", "good afternoon", "good evening"];

    public static bool WantsPerson(string text)
    {
        var plain = Plain(text);
        return PersonAlone.Contains(plain) || Person.Any(p => Has(plain, p));
    }

    // After the thanks something else is asked or told.
    private static readonly string[] MoreThanThanks =
    [
        "但", "不过", "不", "没", "吗", "呢", "怎", "什么", "哪", "几", "多少", "能", "可以", "要", "想", "请", "还", "再",
        "but", "not", "doesnt", "didnt", "dont", "cant", "still", "how", "what", "why", "when", "where", "which", "who", "can", "could", "would", "do", "does", "is", "are", "need", "want", "please", "also", "one more",
    ];

    /// <summary>Thanks and nothing else: what follows may be the next question.</summary>
    public static bool IsThanks(string text)
    {
        var plain = Plain(text);
        return plain.Length < 40
            && Thanks.FirstOrDefault(t => plain == t || plain.StartsWith(t + " ", StringComparison.Ordinal) || (t[0] > 0x2E7F && plain.StartsWith(t, StringComparison.Ordinal))) is { } thanks
            && !MoreThanThanks.Any(m => Has(plain[thanks.Length..], m));
    }

    private static readonly string[] Unhelped = ["没用", "没解决", "没有解决", "还是不行", "还是不可以", "不行", "没帮到", "不是这个", "不对", "没有用", "试过了", "doesnt help", "didnt help", "not helpful", "didnt work", "doesnt work", "still not working", "still broken", "thats not it", "not what i asked", "tried that"];

    /// <summary>Says that the last answer did not do it.</summary>
    public static bool IsUnhelped(string text) => Plain(text) is { Length: > 0 and < 40 } plain && Unhelped.Any(u => Has(plain, u));

    public static bool IsHello(string text) => Hello.Contains(Plain(text)) || Plain(text) is "你好啊" or "hi there" or "hello there";

    /// <summary>The founder's topic that the text touches, or null. A topic is one line: words separated by commas, the first its name.</summary>
    public static string? TopicOf(string text, string topics)
    {
        var plain = Plain(text);
        foreach (var line in topics.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Any(w => Has(plain, Plain(w))))
            {
                return words[0];
            }
        }

        return null;
    }

    private static bool Has(string text, string words)
    {
        if (words.Length == 0)
        {
            return false;
        }

        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            // English words whole, Chinese anywhere.
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + words.Length == text.Length ? ' ' : text[at + words.Length]);
            if (words[0] > 0x2E7F || (!char.IsAsciiLetterOrDigit(before) && !char.IsAsciiLetterOrDigit(after)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string text)
        => string.Join(' ', new string([.. text.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
