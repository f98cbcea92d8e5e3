using System.Text;
using System.Text.Json;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

public sealed class MailReportTests
{
    private static readonly string[] Fields =
        ["file", "from", "reply_to", "to", "cc", "subject", "date", "message_id", "in_reply_to", "references", "text", "html", "reply", "attachments", "kind", "would_auto_reply", "bounce", "warnings"];

    [Fact]
    public void A_mail_is_one_line_of_json_with_its_fields_in_order()
    {
        using var mail = MailReader.Read(Corpus.Bytes("zh-related-cid-outlook"));
        using var target = new MemoryStream();
        MailReport.WriteJsonLine(target, "a.eml", mail, m => m.Text[..2]);
        var line = Encoding.UTF8.GetString(target.ToArray());
        Assert.Equal(line.Length - 1, line.IndexOf('\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal(Fields, json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("您好", json.RootElement.GetProperty("reply").GetString());
        Assert.Equal("person", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(["name", "type", "size", "sha256", "content_id", "inline"], json.RootElement.GetProperty("attachments")[0].EnumerateObject().Select(p => p.Name));
        Assert.Contains("您好，图片如下", line);
    }

    [Fact]
    public void The_html_of_a_report_is_sanitised()
    {
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes("Content-Type: text/html\r\n\r\n<p onclick=x>你好</p><script>alert(1)</script>"));
        using var json = JsonDocument.Parse(MailReport.ToJsonLine("a", mail));
        Assert.Equal("<p>你好</p>", json.RootElement.GetProperty("html").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("from").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("reply").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("bounce").ValueKind);
    }

    [Fact]
    public void Half_a_character_does_not_break_the_line()
    {
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes("Subject: x\r\nContent-Type: text/html\r\n\r\n<p>&#xD83D; &#55357;</p>"));
        Assert.NotEmpty(MailReport.ToJsonLine("a", mail));
    }
}
