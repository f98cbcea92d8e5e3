using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Whatever stands in a quoted display name, it is one mailbox.</summary>
public sealed class DisplayNameTests
{
    private static readonly string[] Pieces = ["a", "Ada", " ", ",", ";", ":", ".", "!", "?", "(", ")", "<", ">", "'", "@", "-", "，", "；", "：", "。", "！", "？", "（", "）", "、", "【", "】", "王芳", "客服", "é", "🎉", "x@y.cn", "=?utf-8?Q?a?="];

    [Fact]
    public void A_raw_quoted_name_is_one_mailbox() => Prop.ForAll(Arb.From(Gen.Elements(Pieces).ListOf().Resize(8)), parts =>
    {
        var name = string.Concat(parts).Trim();
        if (name.Length == 0) return true;
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes($"From: \"{name}\" <real@example.cn>\r\nTo: \"{name}\" <real@example.cn>, \"{name}\" <b@example.cn>\r\n\r\nx"));
        return mail.FromAll.Count == 1 && mail.From!.Address == "real@example.cn" && mail.To.Count == 2 && mail.To[1].Address == "b@example.cn";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
