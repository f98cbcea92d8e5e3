using System.Globalization;
using System.Text;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Writing;

public sealed class MailWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Chinese_mail_with_everything_reads_back_the_same_in_Python()
    {
        var image = Enumerable.Range(0, 3000).Select(i => (byte)i).ToArray();
        var draft = new MailDraft
        {
            From = Drafts.Desk,
            ReplyTo = [new("Support", "support@example.com")],
            To = [new("张伟，市场部", "zhang@example.org"), new("O'Neil, \"Bob\" (sales)", "bob@example.org"), new(null, "plain@example.org")],
            Cc = [new("José Müller", "jose@example.org")],
            Bcc = [new("Hidden", "hidden@example.org")],
            Subject = "回复：关于订单 #10042 重复扣款的问题，我们已经为您处理，请查收附件里的发票和退款凭证 🎉",
            Text = "您好，\n\n退款已经办理。\nFrom here on all is well.\n.\n--\n清河",
            Html = "<p>您好，<img src=\"cid:logo@desk\"></p>",
            Attachments =
            [
                MailDraftAttachment.InlineFromBytes("标志.png", "image/png", image, "logo@desk"),
                MailDraftAttachment.FromBytes("二〇二六年第三季度发票（含税）以及退款凭证的扫描件.pdf", "application/pdf", image),
                MailDraftAttachment.FromBytes("notes \"final\".txt", "text/plain; charset=gb18030", [0xC4, 0xE3, 0xBA, 0xC3, 10]),
            ],
            Date = new DateTimeOffset(2026, 3, 9, 8, 5, 6, TimeSpan.FromHours(8)),
            MessageId = "own-id@example.com",
            InReplyTo = "<question@example.org>",
            References = ["<first@example.org>", "<question@example.org>"],
            Headers = [new("X-Desk", "工单 10042")],
        };

        var bytes = await Drafts.WriteAsync(draft);

        Drafts.AssertSound(bytes);
        var mail = await PythonMail.ReadAsync(bytes, Ct);
        Assert.Equal(draft.Subject, mail.Headers["Subject"]);
        Assert.Equal("清河设计 <desk@example.com>", mail.Headers["From"]);
        Assert.Equal(["张伟，市场部", "O'Neil, \"Bob\" (sales)", ""], mail.To.Select(to => to.Name));
        Assert.Equal(["zhang@example.org", "bob@example.org", "plain@example.org"], mail.To.Select(to => to.Address));
        Assert.Equal("José Müller <jose@example.org>", mail.Headers["Cc"]);
        Assert.Equal("Mon, 09 Mar 2026 08:05:06 +0800", mail.Headers["Date"]);
        Assert.Equal("<own-id@example.com>", mail.Headers["Message-ID"]);
        Assert.Equal("<question@example.org>", mail.Headers["In-Reply-To"]);
        Assert.Equal("<first@example.org> <question@example.org>", mail.Headers["References"]);
        Assert.Equal("工单 10042", mail.Headers["X-Desk"]);
        Assert.DoesNotContain("hidden@", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "application/pdf", "text/plain"],
            mail.Parts.Select(part => part.Type));
        Assert.Equal(draft.Text, mail.Parts[2].Text!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal(draft.Html, mail.Parts[4].Text!.Trim());
        Assert.Equal("<logo@desk>", mail.Parts[5].ContentId);
        Assert.Equal("inline", mail.Parts[5].Disposition);
        Assert.Equal(draft.Attachments.Select(file => file.Name), mail.Parts.Skip(5).Select(part => part.FileName));
        Assert.Equal(image, mail.Parts[6].Bytes);
        Assert.Equal([0xC4, 0xE3, 0xBA, 0xC3, 10], mail.Parts[7].Bytes);
        // Encoded-words inside name="…" are against the letter of RFC 2047, knowingly; Python finds nothing else.
        Assert.DoesNotContain(mail.Defects, defect => !defect.StartsWith("Content-Type: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_names_stand_in_both_forms()
    {
        var bytes = await Drafts.WriteAsync(new()
        {
            From = Drafts.Desk,
            To = [new(null, "a@b.org")],
            Attachments = [MailDraftAttachment.FromBytes("发票.pdf", "application/pdf", [1])],
        });

        var text = Encoding.ASCII.GetString(bytes);
        Assert.Contains("name=\"=?UTF-8?B?5Y+R56WoLnBkZg==?=\"", text, StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("短.pdf")]
    [InlineData("supercalifragilisticexpialidocious-and-longer-than-one-line-of-a-header-may-comfortably-be.txt")]
    [InlineData("一份名字很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的文件.表")]
    [InlineData("quotes \" and \\ and a family 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦")]
    public void No_line_of_a_file_name_passes_76_columns(string name)
    {
        Assert.All(ParameterText.Name(name), token => Assert.InRange(token.Length, 1, 74)); // a space before, a semicolon after
        Assert.All(ParameterText.FileName(name), token => Assert.InRange(token.Length, 1, 74));
    }

    [Fact]
    public async Task A_line_is_folded_after_a_word_that_ends_with_a_colon()
    {
        var bytes = await Drafts.WriteAsync(new()
        {
            From = Drafts.Desk,
            To = [new("张伟、李娜", "zhang@example.org"), new("Re: Content-Type: text/plain and more of it", "a@example.org")],
        });

        Assert.All(Drafts.Headers(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
    }

    [Theory]
    [InlineData("hello", "7bit")]
    [InlineData("a café, no more than one accent in a longer line of plain words", "quoted-printable")]
    [InlineData("您好，世界", "base64")]
    [InlineData("trailing space \nnext", "quoted-printable")]
    [InlineData("x\nFrom the start\n", "quoted-printable")]
    public async Task The_shortest_safe_transfer_encoding_is_taken(string text, string expected)
    {
        var bytes = await Drafts.WriteAsync(new() { From = Drafts.Desk, To = [new(null, "a@b.org")], Text = text });

        var mail = await PythonMail.ReadAsync(bytes, Ct);
        Assert.Equal(expected, mail.Parts[0].Transfer);
        Assert.Equal(text.TrimEnd('\n'), mail.Parts[0].Text!.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public async Task A_line_of_ten_thousand_characters_is_broken_for_the_way_only()
    {
        var text = new string('x', 10_000) + "\n" + string.Concat(Enumerable.Repeat("长", 5000));
        var bytes = await Drafts.WriteAsync(new() { From = Drafts.Desk, To = [new(null, "a@b.org")], Text = text, Subject = text });

        Drafts.AssertSound(bytes);
        Assert.Equal(text, (await PythonMail.ReadAsync(bytes, Ct)).Parts[0].Text!.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public async Task No_value_can_start_a_header_of_its_own()
    {
        const string Evil = "x\r\nBcc: victim@example.org\r\n\r\nbody\n\rBcc: y";
        var bytes = await Drafts.WriteAsync(new()
        {
            From = new(Evil, "desk@example.com"),
            To = [new(Evil, "a@b.org")],
            Subject = Evil,
            InReplyTo = Evil,
            References = [Evil, "<ok@x>"],
            Headers = [new("X-Note", Evil)],
            Attachments = [new() { Name = Evil, MediaType = "text/plain\r\nBcc: z", Content = _ => ValueTask.FromResult<Stream>(new MemoryStream()), ContentId = Evil, Inline = true }],
            Text = "hi",
        });

        Drafts.AssertSound(bytes);
        Assert.DoesNotContain("\nBcc:", Encoding.ASCII.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        var mail = await PythonMail.ReadAsync(bytes, Ct);
        Assert.DoesNotContain("Bcc", mail.Headers.Keys);
        Assert.Equal("<ok@x>", mail.Headers["References"]);
    }

    [Theory]
    [InlineData("a@b\r\nBcc: c@d")]
    [InlineData("no address")]
    [InlineData("@b.org")]
    [InlineData("a@")]
    [InlineData("a@b c")]
    [InlineData("a@b>,<c@d")]
    [InlineData("a\u0000b@c.org")]
    [InlineData("张三@example.org")]
    public async Task An_address_that_cannot_be_written_is_refused_by_name(string address)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Drafts.WriteAsync(new() { From = Drafts.Desk, To = [new(null, address)] }));

        Assert.StartsWith("To: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bcc")]
    [InlineData("content-type")]
    [InlineData("X Space")]
    [InlineData("X-A:\r\nBcc")]
    [InlineData("")]
    public async Task A_header_that_is_not_free_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Drafts.WriteAsync(new() { From = Drafts.Desk, Headers = [new(name, "x")] }));

    [Fact]
    public async Task Odd_local_parts_are_quoted_and_domains_become_ASCII()
    {
        var bytes = await Drafts.WriteAsync(new()
        {
            From = Drafts.Desk,
            To = [new("x", "john doe@example.org"), new(null, "a..b@example.org"), new(null, "\"kept as is\"@example.org"), new(null, "info@例子.中国")],
        });

        Assert.Contains("\"john doe\"@example.org", Drafts.Headers(bytes), StringComparison.Ordinal);
        Assert.Contains("\"a..b\"@example.org", Drafts.Headers(bytes), StringComparison.Ordinal);
        Assert.Contains("\"kept as is\"@example.org", Drafts.Headers(bytes), StringComparison.Ordinal);
        Assert.Contains("info@xn--fsqu00a.xn--fiqs8s", Drafts.Headers(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_SMTPUTF8_headers_stay_readable()
    {
        var draft = new MailDraft { From = Drafts.Desk, To = [new("张三", "张三@例子.中国")], Subject = "订单 10042" };

        Assert.True(MailWriter.NeedsSmtpUtf8(draft));
        var bytes = await Drafts.WriteAsync(draft, new() { Utf8Headers = true });
        Drafts.AssertSound(bytes, ascii: false);
        Assert.Contains("Subject: 订单 10042\r\n", Drafts.Headers(bytes), StringComparison.Ordinal);
        Assert.Contains("张三 <张三@例子.中国>", Drafts.Headers(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AutomaticMail.Replied, "auto-replied")]
    [InlineData(AutomaticMail.Generated, "auto-generated")]
    public async Task Automatic_mail_says_so(AutomaticMail automatic, string value)
    {
        var headers = Drafts.Headers(await Drafts.WriteAsync(new() { From = Drafts.Desk, To = [new(null, "a@b.org")], Automatic = automatic }));

        Assert.Contains($"\r\nAuto-Submitted: {value}\r\n", headers, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Auto-Response-Suppress: All\r\n", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_can_be_left_with_one_click()
    {
        var headers = Drafts.Headers(await Drafts.WriteAsync(new()
        {
            From = Drafts.Desk,
            To = [new(null, "a@b.org")],
            ListUnsubscribe = new([new("https://desk.example.com/u/abc"), new("mailto:leave@example.com")], OneClick: true),
        }));

        Assert.Contains("List-Unsubscribe: <https://desk.example.com/u/abc>,\r\n <mailto:leave@example.com>", headers, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", headers, StringComparison.Ordinal);
    }

    [Fact]
    public void References_are_cut_in_the_middle_and_keep_the_first_and_the_last_two()
    {
        var ids = Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"<{i:000}.abcdefghijklmnopqrstuvwxyz@example.org>")).ToList();

        var trimmed = ThreadReferences.ForReply(ids, [], "<parent@example.org>");

        Assert.Equal(ids[0], trimmed[0]);
        Assert.Equal([ids[^1], "<parent@example.org>"], trimmed.TakeLast(2));
        Assert.InRange("References:".Length + trimmed.Sum(id => id.Length + 1), 900, 998);
        Assert.Equal(trimmed.Skip(1).SkipLast(1), ids.TakeLast(trimmed.Count - 2));
    }

    [Fact]
    public void A_parent_without_references_lends_the_one_message_that_it_answers()
    {
        Assert.Equal(["<a@x>", "<b@x>"], ThreadReferences.ForReply([], ["a@x"], "b@x"));
        Assert.Equal(["<b@x>"], ThreadReferences.ForReply([], ["<a@x>", "<c@x>"], "<b@x>"));
        Assert.Equal(["<a@x>", "<b@x>", "<c@x>"], ThreadReferences.ForReply(["<a@x>", "<c@x>", "not an id", "<b@x>"], [], "<c@x>"));
    }

    [Fact]
    public async Task An_attached_mail_stays_as_it_is_when_it_is_plain_and_is_wrapped_when_it_is_not()
    {
        var plain = "Subject: inner\r\n\r\nhi\r\n"u8.ToArray();
        var raw = "Subject: 内\r\n\r\nhi\r\n"u8.ToArray();

        var bytes = await Drafts.WriteAsync(new()
        {
            From = Drafts.Desk,
            To = [new(null, "a@b.org")],
            Text = "see",
            Attachments = [MailDraftAttachment.FromBytes("a.eml", "message/rfc822", plain), MailDraftAttachment.FromBytes("b.eml", "message/rfc822", raw)],
        });

        Drafts.AssertSound(bytes);
        Assert.Contains("\r\n\r\nSubject: inner\r\n\r\nhi\r\n", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(raw), Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }
}
