using System.Text;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Writing;

/// <summary>Writes drafts for tests and checks what holds for every message.</summary>
internal static class Drafts
{
    public static readonly MailboxAddress Desk = new("清河设计", "desk@example.com");

    public static async Task<byte[]> WriteAsync(MailDraft draft, MailWriterOptions? options = null)
    {
        using var output = new MemoryStream();
        await MailWriter.WriteAsync(draft, output, options ?? new(), TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>The rules of RFC 5322 §2.1 and §2.3: CRLF only, 998 octets, and ASCII unless told otherwise; headers within 78.</summary>
    public static void AssertSound(byte[] message, bool ascii = true)
    {
        var text = Encoding.Latin1.GetString(message);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', text);
        var inHeaders = true;
        foreach (var line in text[..^2].Split("\r\n"))
        {
            inHeaders &= line.Length > 0; // a body may well talk of encoded-words
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.InRange(line.Length, 0, 998);
            Assert.False(inHeaders && line.Length > 76 && line.Contains("=?UTF-8?", StringComparison.Ordinal), line);
        }

        if (ascii)
        {
            Assert.DoesNotContain(text, c => c > '\u007f');
        }
    }

    /// <summary>The header section as text.</summary>
    public static string Headers(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        return text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
    }
}
