using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Reading never throws, never hangs, and says when a limit was hit.</summary>
public sealed class AnyBytesTests
{
    [Fact]
    public void Any_bytes_are_read_without_an_exception() => Prop.ForAll<byte[]>(bytes =>
    {
        using var mail = MailReader.Read(bytes);
        return MailReport.ToJsonLine("x", mail).Length > 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_in_any_header_is_read_without_an_exception() => Prop.ForAll<string, string, string>((a, b, c) =>
    {
        var raw = Encoding.UTF8.GetBytes($"From: {a}\r\nTo: =?utf-8?Q?{b}?= <{c}>\r\nDate: {b}\r\nReferences: {c}\r\nSubject: {a}=?gbk?B?{c}?=\r\nContent-Type: multipart/mixed; boundary=\"{a}\"; {b}*0*={c}\r\n\r\n--{a}\r\nContent-Disposition: {b}; filename={c}\r\n\r\n{a}\r\n--{a}--\r\n");
        using var mail = MailReader.Read(raw);
        return MailReport.ToJsonLine("x", mail).Length > 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_unicode_subject_survives_its_encoded_words() => Prop.ForAll<NonEmptyString>(text =>
    {
        var subject = new string([.. text.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\uFFFD' && c != '\uFEFF')]).Trim();
        var bytes = Encoding.UTF8.GetBytes(subject);
        var words = string.Join("\r\n ", bytes.Chunk(9).Select(c => $"=?utf-8?B?{Convert.ToBase64String(c)}?="));
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes($"Subject: {words}\r\n\r\n"));
        return mail.Subject == subject;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hundred_thousand_header_lines_are_cut_and_flagged_and_the_body_is_found()
    {
        var raw = new StringBuilder("Subject: x\r\n");
        for (var i = 0; i < 100_000; i++) raw.Append("X-Many: value\r\n");
        raw.Append("\r\nthe body\r\n");
        using var mail = Quick(Encoding.ASCII.GetBytes(raw.ToString()));
        Assert.Equal("the body", mail.Text);
        Assert.Equal(10_000, mail.Headers.Count);
        Assert.Contains(mail.Warnings, w => w.Code == "headers-cut");
    }

    [Fact]
    public void A_header_of_a_hundred_thousand_folded_lines_is_bounded()
    {
        using var mail = Quick(Encoding.ASCII.GetBytes("Subject: x\r\n" + string.Concat(Enumerable.Repeat(" and so on and on\r\n", 100_000)) + "\r\nthe body\r\n"));
        Assert.Equal("the body", mail.Text);
        Assert.Contains(mail.Warnings, w => w.Code == "headers-cut");
    }

    [Theory]
    [InlineData("To: x@example.org", ",\r\n u@example.org", 100_000)]
    [InlineData("X-Spam: y", "\r\nX-Many: value", 100_000)]
    public void What_a_mail_cannot_be_read_without_is_found_behind_an_endless_header(string first, string more, int count)
    {
        using var mail = Quick(Encoding.UTF8.GetBytes(first + new StringBuilder().Insert(0, more, count) + "\r\nFrom: Ann <ann@example.org>\r\nSubject: the\r\n subject\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String([0xC4, 0xE3, 0xBA, 0xC3])));
        Assert.Equal("ann@example.org", mail.From?.Address);
        Assert.Equal("the subject", mail.Subject);
        Assert.Equal("你好", mail.Text);
        Assert.Contains(mail.Warnings, w => w.Code == "headers-cut");
    }

    [Fact]
    public void Deep_nesting_is_cut_and_flagged()
    {
        var raw = new StringBuilder();
        for (var i = 0; i < 2_000; i++) raw.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        using var mail = Quick(Encoding.ASCII.GetBytes(raw.ToString()));
        Assert.Contains(mail.Warnings, w => w.Code == "nesting-cut");
    }

    [Fact]
    public void Enclosed_messages_in_enclosed_messages_are_cut_and_flagged()
    {
        using var mail = Quick(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 5_000)) + "x"));
        Assert.Contains(mail.Warnings, w => w.Code == "nesting-cut");
    }

    [Fact]
    public void Too_many_parts_are_cut_and_flagged()
    {
        using var mail = Quick(Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\nContent-Type: image/png\r\n\r\nx\r\n", 10_000))));
        Assert.Equal(1_999, mail.Attachments.Count);
        Assert.Contains(mail.Warnings, w => w.Code == "parts-cut");
    }

    [Fact]
    public void Too_many_addresses_are_cut_and_flagged()
    {
        using var mail = Quick(Encoding.ASCII.GetBytes("To: " + string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"u{i}@x.cn")) + "\r\n\r\n"));
        Assert.Equal(2_000, mail.To.Count);
        Assert.Contains(mail.Warnings, w => w.Code == "addresses-cut");
    }

    [Fact]
    public void A_text_above_the_limit_is_cut_and_flagged()
    {
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('a', 5_000)), new MailReaderOptions { MaxTextBytes = 1_000 });
        Assert.Equal(1_000, mail.Text.Length);
        Assert.Contains(mail.Warnings, w => w.Code == "text-cut");
    }

    [Fact]
    public async Task A_stream_above_the_limit_is_cut_and_flagged()
    {
        var raw = Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('a', 5_000));
        foreach (var spoolAbove in (int[])[16, 100_000])
        {
            using var mail = await MailReader.ReadAsync(new MemoryStream(raw), new MailReaderOptions { MaxMessageBytes = 1_000, SpoolAboveBytes = spoolAbove }, TestContext.Current.CancellationToken);
            Assert.Equal(1_000 - 14, mail.Text.Length);
            Assert.Contains(mail.Warnings, w => w.Code == "message-cut");
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("(")]
    [InlineData("<")]
    [InlineData("@:")]
    [InlineData("=?utf-8?B?")]
    [InlineData("=?utf-8?Q?=20?=20")]
    [InlineData("=?a?Q?x")]
    [InlineData(",;")]
    [InlineData("a ")]
    [InlineData("a=\"")]
    [InlineData("\r\n ")]
    [InlineData("\\")]
    public void What_repeats_endlessly_in_a_header_is_read_in_bounded_time(string token)
    {
        var value = string.Concat(Enumerable.Repeat(token, 900_000 / token.Length));
        foreach (var name in (string[])["From", "Subject", "Content-Type", "References", "Date", "Content-Disposition"])
            Quick(Encoding.ASCII.GetBytes($"{name}: x{value}\r\n\r\nbody")).Dispose();
    }

    [Theory]
    [InlineData("--b\r\n")]
    [InlineData("--b--\r\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("begin 644 a\n")]
    [InlineData("=")]
    [InlineData("--x\r\nContent-Type: multipart/mixed\r\n\r\n")]
    [InlineData("Content-Type: message/rfc822\r\n\r\n")]
    public void What_repeats_endlessly_in_a_body_is_read_in_bounded_time(string token)
    {
        var body = string.Concat(Enumerable.Repeat(token, 2_000_000 / token.Length));
        foreach (var head in (string[])["Content-Type: text/plain", "Content-Type: text/html", "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/mixed", "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable", "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64", "Content-Type: message/rfc822"])
            Quick(Encoding.ASCII.GetBytes(head + "\r\n\r\n" + body)).Dispose();
    }

    private static ParsedMail Quick(byte[] raw)
    {
        var start = Stopwatch.GetTimestamp();
        var mail = MailReader.Read(raw);
        foreach (var header in mail.Headers) _ = header.Value;
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"Reading took {Stopwatch.GetElapsedTime(start)}.");
        return mail;
    }
}
