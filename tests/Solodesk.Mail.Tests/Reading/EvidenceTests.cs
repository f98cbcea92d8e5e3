using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Whatever the reader says of a mail, it names the header that proves it.</summary>
public sealed class EvidenceTests
{
    [Theory]
    [InlineData("auto-reply-out-of-office", MailKind.AutoReply, "Auto-Submitted", "X-Auto-Response-Suppress", "Subject", "X-Autoreply", "Precedence")]
    [InlineData("zh-auto-reply-qq", MailKind.AutoReply, "Auto-Submitted", "Subject", "X-QQ-STYLE")]
    [InlineData("bounce-postfix", MailKind.Bounce, "Content-Type", "Return-Path", "From", "Auto-Submitted", "delivery-status")]
    [InlineData("zh-bounce-qq", MailKind.Bounce, "Content-Type", "Return-Path", "From", "Subject", "body")]
    [InlineData("list-mailman", MailKind.List, "List-Id", "List-Post", "List-Unsubscribe", "Precedence")]
    [InlineData("notification-noreply", MailKind.Notification, "From", "Auto-Submitted", "Precedence")]
    [InlineData("notification-newsletter", MailKind.Notification, "List-Unsubscribe", "Precedence", "List-Id", "X-Mailer", "Feedback-ID")]
    public void Each_kind_but_a_person_is_proved_by_a_header_that_the_mail_has(string name, MailKind kind, params string[] headers)
    {
        using var mail = MailReader.Read(Corpus.Bytes(name));

        Assert.Equal(kind, mail.Kind);
        Assert.NotEmpty(mail.Evidence);
        Assert.Contains(mail.Evidence, evidence => headers.Contains(evidence.Header, StringComparer.OrdinalIgnoreCase));
        Assert.All(mail.Evidence, evidence => Assert.True(evidence.Header is "body" or "delivery-status" || mail.Header(evidence.Header) is not null, evidence.Header));
    }

    [Theory]
    [InlineData("spam-assassin")]
    [InlineData("spam-exchange")]
    public void Spam_marked_by_the_server_is_proved_by_its_header(string name)
    {
        using var mail = MailReader.Read(Corpus.Bytes(name));
        Assert.NotNull(mail.SpamEvidence);
        Assert.NotNull(mail.Header(mail.SpamEvidence.Header));
    }

    [Fact]
    public void Every_limit_leaves_its_flag()
    {
        var html = "Content-Type: text/html\r\n\r\n<p>" + new string('a', 5000);
        var ids = "References:" + string.Concat(Enumerable.Range(0, 60).Select(i => $"\r\n <{i}@example.org>")) + "\r\n\r\nx";
        var enclosed = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(Encoding.ASCII.GetBytes("Subject: in\r\n\r\n" + new string('b', 5000)));

        Assert.Contains("html-cut", Codes(html, new() { MaxHtmlChars = 1000 }));
        Assert.Contains("text-cut", Codes(html, new() { MaxTextBytes = 1000 }));
        Assert.Contains("references-cut", Codes(ids, new() { MaxReferences = 20 }));
        Assert.Contains("headers-cut", Codes(ids, new() { MaxHeaderBytes = 300 }));
        Assert.Contains("container-cut", Codes(enclosed, new() { MaxContainerBytes = 1000 }));
        Assert.DoesNotContain(Codes(html, MailReaderOptions.Default), code => code.EndsWith("-cut", StringComparison.Ordinal));
    }

    private static string[] Codes(string raw, MailReaderOptions options)
    {
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes(raw), options);
        return [.. mail.Warnings.Select(warning => warning.Code)];
    }
}
