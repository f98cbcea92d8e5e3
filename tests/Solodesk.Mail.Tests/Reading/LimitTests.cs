using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Every limit of the reader is an option, has a default, and leaves its flag when it is hit; a test that forgets one fails.</summary>
public sealed class LimitTests
{
    // Not a limit: where a message is kept while it is read, not how much of it.
    private static readonly string[] NoLimits = [nameof(MailReaderOptions.SpoolAboveBytes)];

    private static readonly string Long = new('a', 5_000);

    private static readonly Dictionary<string, (string Raw, MailReaderOptions Options, string Flag)> Limits = new()
    {
        [nameof(MailReaderOptions.MaxMessageBytes)] = ("Subject: x\r\n\r\n" + Long, new() { MaxMessageBytes = 1_000 }, "message-cut"),
        [nameof(MailReaderOptions.MaxHeaders)] = (string.Concat(Enumerable.Repeat("X-A: b\r\n", 30)) + "\r\nx", new() { MaxHeaders = 20 }, "headers-cut"),
        [nameof(MailReaderOptions.MaxHeaderBytes)] = ("X-A: " + Long + "\r\n\r\nx", new() { MaxHeaderBytes = 300 }, "headers-cut"),
        [nameof(MailReaderOptions.MaxDepth)] = ("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--a--", new() { MaxDepth = 1 }, "nesting-cut"),
        [nameof(MailReaderOptions.MaxParts)] = ("Content-Type: multipart/mixed; boundary=a\r\n\r\n" + string.Concat(Enumerable.Repeat("--a\r\n\r\nx\r\n", 9)) + "--a--", new() { MaxParts = 5 }, "parts-cut"),
        [nameof(MailReaderOptions.MaxTextBytes)] = ("Subject: x\r\n\r\n" + Long, new() { MaxTextBytes = 1_000 }, "text-cut"),
        [nameof(MailReaderOptions.MaxHtmlChars)] = ("Content-Type: text/html\r\n\r\n<p>" + Long, new() { MaxHtmlChars = 1_000 }, "html-cut"),
        [nameof(MailReaderOptions.MaxAddresses)] = ("To: a@x.cn, b@x.cn, c@x.cn\r\n\r\nx", new() { MaxAddresses = 2 }, "addresses-cut"),
        [nameof(MailReaderOptions.MaxReferences)] = ("References:" + string.Concat(Enumerable.Range(0, 60).Select(i => $"\r\n <{i}@example.org>")) + "\r\n\r\nx", new() { MaxReferences = 20 }, "references-cut"),
        [nameof(MailReaderOptions.MaxContainerBytes)] = ("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(Encoding.ASCII.GetBytes("Subject: in\r\n\r\n" + Long)), new() { MaxContainerBytes = 1_000 }, "container-cut"),
        [nameof(MailReaderOptions.MaxUuencodedFiles)] = ("Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat("begin 644 a\r\n#86)C\r\n`\r\nend\r\n", 4)), new() { MaxUuencodedFiles = 3 }, "uuencode-cut"),
        [nameof(MailReaderOptions.MaxTnefFiles)] = (Winmail("zh-winmail-dat"), new() { MaxTnefFiles = 0 }, "tnef-cut"),
        [nameof(MailReaderOptions.MaxTnefDepth)] = (Winmail("zh-winmail-dat-embedded-message"), new() { MaxTnefDepth = 0 }, "tnef-cut"),
        [nameof(MailReaderOptions.MaxTnefMessageBytes)] = (Winmail("zh-winmail-dat-embedded-message"), new() { MaxTnefMessageBytes = 50 }, "tnef-cut"),
        [nameof(MailReaderOptions.MaxNameChars)] = ("Content-Type: image/png; name=\"" + Long[..200] + ".png\"\r\n\r\nx", new() { MaxNameChars = 100 }, "name-cut"),
        [nameof(MailReaderOptions.MaxReportRecipients)] = ("Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n\r\n--a\r\n\r\nSorry\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n"
            + string.Concat(Enumerable.Range(0, 5).Select(i => $"\r\nFinal-Recipient: rfc822; u{i}@x.cn\r\nAction: failed\r\nStatus: 5.1.1\r\n")) + "\r\n--a--", new() { MaxReportRecipients = 3 }, "report-cut"),
        [nameof(MailReaderOptions.MaxWarnings)] = ("Date: nonsense\r\nno header\r\nContent-Type: text/plain; charset=nobody-knows\r\nContent-Transfer-Encoding: odd\r\n\r\nx\0y", new() { MaxWarnings = 1 }, "warnings-cut"),
    };

    public static TheoryData<string> Names => [.. Limits.Keys];

    [Fact]
    public void Every_limit_of_the_options_is_tried() => Assert.Equal(
        typeof(MailReaderOptions).GetProperties().Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(long)).Select(p => p.Name).Except(NoLimits).Order(StringComparer.Ordinal),
        Limits.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_limit_that_is_hit_leaves_its_flag_and_one_that_is_not_leaves_none(string name)
    {
        var (raw, options, flag) = Limits[name];
        Assert.Contains(flag, await FlagsAsync(raw, options));
        Assert.DoesNotContain(await FlagsAsync(raw, MailReaderOptions.Default), code => code.EndsWith("-cut", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_beyond_the_limit_changes_none_before_it()
    {
        using var whole = MailReader.Read(Corpus.Bytes("zh-winmail-dat-embedded-message"));
        using var cut = MailReader.Read(Corpus.Bytes("zh-winmail-dat-embedded-message"), new() { MaxTnefFiles = 1 });
        Assert.Equal(3, whole.Attachments.Count);
        Assert.Equal((whole.Attachments[0].Name, whole.Attachments[0].Size), (Assert.Single(cut.Attachments).Name, cut.Attachments[0].Size));
        Assert.Contains("tnef-cut", cut.Warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData("=ybegin line=128 size=5 name=a.bin\r\nabcde\r\n=yend size=5\r\n", true)]
    [InlineData("hello\r\n=ybegin part=1 total=2 line=128 size=300 name=file.bin\r\n=ypart begin=1 end=128\r\nabc", true)]
    [InlineData("A line such as =ybegin line=128 name=x begins a file.\r\n", false)]
    [InlineData("=ybegin is how they begin.\r\n", false)]
    public void YEnc_is_left_where_it_stands_and_said_so(string body, bool holds)
    {
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + body));
        Assert.Equal(holds, mail.Warnings.Any(w => w.Code == "yenc-not-read"));
        Assert.Equal(body.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd(), mail.Text);
        Assert.Empty(mail.Attachments);
        using var file = MailReader.Read(Encoding.ASCII.GetBytes("Subject: x\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: x-yenc\r\n\r\n" + body));
        Assert.Contains(file.Warnings, w => w.Code == "yenc-not-read");
        Assert.Equal(body, Encoding.ASCII.GetString(Assert.Single(file.Attachments).ToArray()));
    }

    private static string Winmail(string name) => Encoding.Latin1.GetString(Corpus.Bytes(name));

    private static async Task<string[]> FlagsAsync(string raw, MailReaderOptions options)
    {
        using var mail = await MailReader.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(raw)), options, TestContext.Current.CancellationToken);
        return [.. mail.Warnings.Select(warning => warning.Code)];
    }
}
