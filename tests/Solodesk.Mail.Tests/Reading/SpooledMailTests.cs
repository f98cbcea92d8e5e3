using System.Text;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

public sealed class SpooledMailTests
{
    [Fact]
    public async Task A_large_mail_is_read_from_a_spool_that_is_gone_afterwards()
    {
        var attachment = new byte[8_000_000];
        new Random(3).NextBytes(attachment);
        var raw = Encoding.ASCII.GetBytes("Subject: big\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nSee file.\r\n--B\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks) + "\r\n--B--\r\n");
        var folder = Directory.CreateTempSubdirectory("mail-spool-");
        try
        {
            using (var mail = await MailReader.ReadAsync(new MemoryStream(raw), new MailReaderOptions { TempFolder = folder.FullName }, TestContext.Current.CancellationToken))
            {
                Assert.Single(folder.GetFiles());
                Assert.Equal(attachment.Length, mail.Attachments[0].Size);
                Assert.Equal(attachment, mail.Attachments[0].ToArray());
                Assert.Equal("See file.", mail.Text);
            }
            Assert.Empty(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MailReader.ReadAsync(new MemoryStream(new byte[100]), null, cancelled.Token));
    }

    [Fact]
    public async Task A_disposed_mail_refuses_to_read_its_attachments()
    {
        var raw = Encoding.ASCII.GetBytes("Content-Type: application/zip\r\n\r\n" + new string('a', 1000));
        var mail = await MailReader.ReadAsync(new MemoryStream(raw), new MailReaderOptions { SpoolAboveBytes = 10 }, TestContext.Current.CancellationToken);
        mail.Dispose();
        mail.Dispose();
        Assert.Throws<ObjectDisposedException>(() => mail.Attachments[0].ToArray());
    }
}
