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
}
