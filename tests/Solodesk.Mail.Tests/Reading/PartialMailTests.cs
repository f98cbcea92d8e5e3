using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

/// <summary>Mails that were cut into pieces on the way (RFC 2046 §5.2.2).</summary>
public sealed class PartialMailTests
{
    private static readonly byte[] First = Piece("number=1; total=3", "From: ada@example.org\r\nTo: support@solodesk.example\r\nSubject: Part 1 of 3\r\nMessage-ID: <p1@example.org>\r\n",
        "Subject: The whole thing\r\nMessage-ID: <whole@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\nX-Inner: lost\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\u00fc\u00dfe\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBE");

    private static readonly byte[] Second = Piece("number=2", "From: ada@example.org\r\nSubject: Part 2 of 3\r\n", "Ri0x");

    private static readonly byte[] Third = Piece("number=3; total=3", "From: ada@example.org\r\nSubject: Part 3 of 3\r\n", "LjQ=\r\n--b--\r\n");

    [Fact]
    public void The_pieces_in_any_order_make_the_whole_mail()
    {
        var whole = PartialMail.Join([Third, First, Second]);
        Assert.NotNull(whole);
        using var mail = MailReader.Read(whole);
        Assert.Equal("The whole thing", mail.Subject);
        Assert.Equal("whole@example.org", mail.MessageId);
        Assert.Equal("ada@example.org", mail.From?.Address);
        Assert.Equal("Grüße", mail.Text);
        Assert.Equal("%PDF-1.4", Encoding.ASCII.GetString(Assert.Single(mail.Attachments).ToArray()));
        Assert.Null(mail.Header("X-Inner"));
        Assert.Null(mail.Partial);
    }

    [Fact]
    public void A_piece_says_which_it_is_and_keeps_its_content()
    {
        using var mail = MailReader.Read(Second);
        Assert.Equal(new PartialMail("abc@example.org", 2, null), mail.Partial);
        Assert.Equal("Ri0x", Encoding.ASCII.GetString(Assert.Single(mail.Attachments).ToArray()));
        Assert.Contains(mail.Warnings, w => w.Code == "partial-message");
    }

    [Fact]
    public void A_missing_piece_or_one_of_another_mail_makes_no_mail()
    {
        Assert.Null(PartialMail.Join([]));
        Assert.Null(PartialMail.Join([First, Third]));
        Assert.Null(PartialMail.Join([First, Second]));
        Assert.Null(PartialMail.Join([First, Second, Piece("number=3; total=3", "", "x", id: "other")]));
        Assert.Null(PartialMail.Join([First, Second, Third, "Subject: no piece\r\n\r\nx"u8.ToArray()]));
        Assert.Null(PartialMail.Join([First, Second, Third], new MailReaderOptions { MaxMessageBytes = 300 }));
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_no_piece()
    {
        foreach (var numbers in (string[])["number=0; total=1", "number=x", "number=-1", "total=2", "number=99999999999"])
        {
            using var mail = MailReader.Read(Piece(numbers, "", "x"));
            Assert.Null(mail.Partial);
        }
    }

    private static byte[] Piece(string numbers, string headers, string content, string id = "abc@example.org") =>
        Encoding.UTF8.GetBytes($"{headers}Content-Type: message/partial; id=\"{id}\"; {numbers}\r\n\r\n{content}");
}
