namespace Solodesk.Knowledge.Bot;

/// <summary>How the bot behaves.</summary>
public sealed record BotSettings
{
    /// <summary>Whether there is one; where it answers first, each channel says itself.</summary>
    public bool On { get; init; } = true;

    /// <summary>Its first words by language; empty for those that come with the desk.</summary>
    public string GreetingChinese { get; init; } = "";

    public string GreetingEnglish { get; init; } = "";

    /// <summary>Topics that a person answers always, one a line: words separated by commas, the first names the topic.</summary>
    public string Topics { get; init; } =
        """
        退款, 我要退款, 给我退款, 申请退款, 要求退款, 退我钱, 把钱退, refund, refunds, refunded, money back, refund me, want a refund, want my money back, request a refund, give me a refund
        投诉, 举报, 差评, 起诉, 律师, 消费者协会, 12315, complaint, complain, lawyer, lawsuit, sue you
        安全, 被盗, 盗号, 泄露, 被黑, 数据泄漏, 安全漏洞, security, hacked, data breach, stolen account, account was stolen, vulnerability, leaked
        """;

    /// <summary>How many misses in a row before a person takes over.</summary>
    public int Misses { get; init; } = 2;

    /// <summary>How many of the most asked questions it offers when it greets.</summary>
    public int Offered { get; init; } = 3;
}
