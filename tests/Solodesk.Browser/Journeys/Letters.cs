using Solodesk.Mail.Reading;

namespace Solodesk.Browser.Journeys;

/// <summary>What a customer writes.</summary>
internal sealed record Letters(string Name, string Address, string Subject, string Asks, string Thanks, string Answer)
{
    public static Letters Of(string language) => language == "zh-CN"
        ? new("苏晴", "suqing@customer.example", "导出的笔记打不开", "昨天导出的 PDF 打不开，提示文件损坏。能帮我看看吗？", "现在可以打开了，谢谢！", "你好，我们重新生成了文件，请再下载一次。")
        : new("Grace Hall", "grace@customer.example", "My export will not open", "The PDF I exported yesterday is broken. Could you have a look?", "It opens now, thank you!", "Hello, we have made the file again. Please download it once more.");

    public string First(string mailbox) => $"""
        From: {Name} <{Address}>
        To: <{mailbox}>
        Subject: {Subject}
        Date: Fri, 20 Nov 2026 09:12:00 +0800
        Message-ID: <first@customer.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {Asks}
        """;

    public string After(ParsedMail answer, string mailbox) => $"""
        From: {Name} <{Address}>
        To: <{mailbox}>
        Subject: Re: {Subject}
        Date: Fri, 20 Nov 2026 10:40:00 +0800
        Message-ID: <second@customer.example>
        In-Reply-To: <{answer.MessageId}>
        References: <first@customer.example> <{answer.MessageId}>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {Thanks}
        """;
}
