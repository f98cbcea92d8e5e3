using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Writing;

/// <summary>Generates drafts: every kind of text in every place, and all shapes of bodies.</summary>
internal static class DraftGen
{
    private static readonly string[] Snippets =
    [
        "a", "hello", "Re:", "=?UTF-8?B?5Y+R?=", "=?", "?=", "=", "\"", "\\", "\"quoted\"", ",", ";", ":", "<", ">", "@", "(", ")", "[", "]", "'", "%20", "&amp;", ".", "..", "-", "_", "?",
        " ", " ", "  ", "\t", "\r\n", "\n", "\r", "\u0001", "\u00a0",
        "你好", "退款", "发票（含税）", "、", "。", "한국어", "日本語テスト", "Ünïcödé", "résumé", "مرحبا", "שלום", "ไทย", "e\u0301", "👨‍👩‍👧‍👦", "🎉", "🇨🇳", "𠮷", "龘",
        "Content-Type: text/plain", "From me", "--", "--=_", "begin 644 x", "supercalifragilisticexpialidocious-and-longer-than-one-line-of-a-header-may-comfortably-be",
    ];

    private static readonly string[] Types = ["application/octet-stream", "application/pdf", "image/png", "text/csv", "audio/mpeg", "application/vnd.ms-excel"];

    public static Gen<MailDraft> Drafts(bool utf8Addresses) =>
        from subject in Text(12)
        from sender in Mailbox(utf8Addresses)
        from replyTo in Mailbox(utf8Addresses).ListOf().Resize(2)
        from to in Mailbox(utf8Addresses).ListOf().Resize(6)
        from cc in Mailbox(utf8Addresses).ListOf().Resize(3)
        from text in Body().OrNull()
        from html in Html().OrNull()
        from files in File().ListOf().Resize(3)
        from ticks in Gen.Choose(0, 2_000_000_000)
        from zone in Gen.Choose(-12 * 4, 14 * 4)
        from id in Id()
        from parent in Id().OrNull()
        from references in Id().ListOf().Resize(40)
        select new MailDraft
        {
            Subject = subject,
            From = sender,
            ReplyTo = [.. replyTo],
            To = [.. to],
            Cc = [.. cc],
            Bcc = [new(null, "hidden@example.org")],
            Text = text,
            Html = html,
            Attachments = [.. files.Select((file, i) => Numbered(file, i))],
            Date = DateTimeOffset.FromUnixTimeSeconds(ticks).ToOffset(TimeSpan.FromMinutes(zone * 15)),
            MessageId = id,
            InReplyTo = parent,
            References = [.. references],
        };

    private static Gen<string> Text(int pieces) =>
        from parts in Gen.Elements(Snippets).ListOf().Resize(pieces)
        select string.Concat(parts);

    /// <summary>Body text without the control characters that no reader is bound to keep, and without what looks like a uuencoded file.</summary>
    private static Gen<string> Body() =>
        from lines in Text(8).ListOf().Resize(30)
        select string.Join("\n", lines).Replace("\u0001", "", StringComparison.Ordinal).Replace("begin", "began", StringComparison.Ordinal);

    private static Gen<string> Html() =>
        from body in Body()
        select $"<p>{body}</p>";

    private static Gen<MailboxAddress> Mailbox(bool utf8) =>
        from name in Text(6).OrNull()
        from local in Gen.Elements("a", "john.doe", "x+tag", "o'neil", "\"john doe\"", "very.long.local.part.that.goes.on.and.on.and.on", utf8 ? "张三" : "zhang")
        from domain in Gen.Elements("example.org", "sub.example.co.uk", "xn--fsqu00a.xn--fiqs8s", utf8 ? "例子.中国" : "example.com")
        select new MailboxAddress(string.IsNullOrWhiteSpace(name) ? null : name, $"{local}@{domain}");

    private static Gen<string> Id() =>
        from left in Gen.Elements("a", "CAF=x+y_z", "20260301.1234567890.abcdefghijklmnopqrstuvwxyz", "$1$x")
        from number in Gen.Choose(0, 1_000_000)
        select $"<{left}.{number}@mail.example.org>";

    private static Gen<MailDraftAttachment> File() =>
        from name in Text(6)
        from extension in Gen.Elements(".pdf", ".txt", "", ".表")
        from type in Gen.Elements(Types)
        from bytes in Gen.Choose(0, 255).ListOf().Resize(400)
        from inline in Gen.Elements(true, false)
        select new MailDraftAttachment
        {
            Name = name + extension,
            MediaType = type,
            Content = _ => ValueTask.FromResult<Stream>(new MemoryStream([.. bytes.Select(b => (byte)b)])),
            Inline = inline,
            ContentId = inline ? "cid" : null,
        };

    private static MailDraftAttachment Numbered(MailDraftAttachment file, int number) => new()
    {
        Name = file.Name,
        MediaType = file.MediaType,
        Content = file.Content,
        Inline = file.Inline,
        ContentId = file.ContentId is null ? null : $"{file.ContentId}.{number}@x",
    };
}
