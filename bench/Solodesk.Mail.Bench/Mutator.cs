using System.Text;

namespace Solodesk.Mail.Bench;

/// <summary>Breaks mails the way wires, relays and bad writers do, and a little worse.</summary>
internal sealed class Mutator(Random random, byte[][] mails)
{
    private const int MaxSize = 2_000_000;

    private static readonly string[] Tokens =
    [
        "\r\n", "\r", "\n", "\n\n", " ", "\t", "\0", "=?utf-8?B?", "=?gb2312?Q?", "?=", "=?", "\"", "\\", "(", ")", "<", ">", "@", ",", ";", ":", "--", "----=_NextPart_000", "boundary=", "boundary=\"\"", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        "Content-Type: message/rfc822\r\n\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "charset=utf-7", "charset=iso-2022-jp", "charset=utf-16", "charset=hz-gb-2312", "filename*0*=utf-8''%E4",
        "filename*99999999999=x", "begin 644 x\n", "end\n", "=ybegin ", "\u001b$B", "\u001b(B", "~{", "<div>", "<table>", "</", "<!--", "<a href=\"", "style=\"display:none\"", "<style>", "<b><i><u>", "&#xD800;", "&#99999999;", "&amp", "+ADw-", "%E4%", "=3D=", "Date: 99 Foo 99999 99:99:99 +9999\r\n",
        "From: ", "To: a:b:c:;;;,,,<<>>\r\n", "format=flowed; delsp=yes", "Content-Type: application/ms-tnef\r\n", "Final-Recipient: rfc822;", "Action: failed\r\n", "From MAILER-DAEMON\n", "550 5.1.1 ",
        "> ", ">>> ", "\n> > ", "-- \n", "--\n", "\n________________________________\n", "On Mon, Jan 1, 2024 at 1:00 PM Ann <a@b.cn> wrote:\n", "在 2024年1月1日，王芳 <a@b.cn> 写道：\n", "------------------ 原始邮件 ------------------\n", "发件人: ", "发送时间: ", "Von: ", "Gesendet: ", "De : ",
        "\n-----Original Message-----\n", "<blockquote type=\"cite\">", "</blockquote>", "<div class=\"gmail_quote\">", "<div id=\"divRplyFwdMsg\">", "<hr>", "Sent from my iPhone\n", "wrote:", "写道：", "Content-Type: message/partial; id=a; number=1; total=1\r\n",
    ];

    public byte[] Make()
    {
        var mail = mails[random.Next(mails.Length)].ToList();
        var rounds = 1 << random.Next(0, 7);
        for (var i = 0; i < rounds && mail.Count < MaxSize; i++) Mutate(mail);
        return [.. mail];
    }

    private void Mutate(List<byte> mail)
    {
        var at = random.Next(mail.Count + 1);
        switch (random.Next(12))
        {
            case 0 when mail.Count > 0:
                mail[Math.Min(at, mail.Count - 1)] = (byte)random.Next(256);
                break;
            case 1 when mail.Count > 0:
                mail[Math.Min(at, mail.Count - 1)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                mail.RemoveRange(at, Math.Min(mail.Count - at, random.Next(1, 200)));
                break;
            case 3:
                mail.InsertRange(at, mail.GetRange(random.Next(mail.Count + 1) is var from ? from : 0, Math.Min(mail.Count - from, random.Next(1, 400))));
                break;
            case 4:
                mail.RemoveRange(at, mail.Count - at);
                break;
            case 5:
                Splice(mail, at);
                break;
            case 6:
                Repeat(mail, at);
                break;
            case 7:
                var noise = new byte[random.Next(1, 300)];
                random.NextBytes(noise);
                mail.InsertRange(at, noise);
                break;
            default:
                mail.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
        }
    }

    private void Splice(List<byte> mail, int at)
    {
        var other = mails[random.Next(mails.Length)];
        var from = random.Next(other.Length + 1);
        mail.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 2000))).ToArray());
    }

    private void Repeat(List<byte> mail, int at)
    {
        var token = Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
        // Now and then very often: what is slow with the square of the length shows here.
        var times = random.Next(20) == 0 ? random.Next(2000, 60000) : random.Next(2, 200);
        var run = new byte[Math.Min(token.Length * times, MaxSize / 2)];
        for (var i = 0; i < run.Length; i++) run[i] = token[i % token.Length];
        mail.InsertRange(at, run);
    }
}
