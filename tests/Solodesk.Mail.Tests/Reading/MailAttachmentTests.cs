using Solodesk.Mail.Mime.Transfer;
using Solodesk.Mail.Reading;

namespace Solodesk.Mail.Tests.Reading;

public sealed class MailAttachmentTests
{
    [Theory]
    [InlineData("报价单.pdf", "报价单.pdf")]
    [InlineData("C:\\Temp\\e.pdf", "e.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a:b*c?.txt", "a_b_c_.txt")]
    [InlineData("exe\u202Efdp.exe", "exe_fdp.exe")]
    [InlineData("...", "attachment")]
    [InlineData(null, "attachment")]
    public void A_safe_name_stays_in_its_folder(string? name, string safe)
        => Assert.Equal(safe, new MailAttachment(default, TransferEncoding.Identity) { Name = name, MediaType = "text/plain" }.SafeName);
}
