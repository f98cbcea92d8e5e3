using System.Text;
using Solodesk.Mail.Net;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Tests.Smtp;

public sealed class SmtpAgainstAiosmtpdTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_as_it_was_sent_with_dots_and_line_ends()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        var result = await smtp.SendAsync("desk@example.com", ["a@example.org", "b@example.org"], Bytes("Subject: x\r\n\r\n.\r\n..two\r\n.hidden\r\nend"), Ct);

        Assert.True(result.AllAccepted);
        var mail = Assert.Single(server.Accepted());
        Assert.Equal("desk@example.com", mail.From);
        Assert.Equal(["a@example.org", "b@example.org"], mail.To);
        Assert.Equal("Subject: x\r\n\r\n.\r\n..two\r\n.hidden\r\nend\r\n", Encoding.ASCII.GetString(mail.Content));
    }

    [Fact]
    public async Task Bare_line_feeds_and_returns_become_proper_line_ends()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        await smtp.SendAsync("desk@example.com", ["a@example.org"], Bytes("Subject: x\n\none\n.\nMAIL FROM:<evil@x>\rtwo\r\r\n"), Ct);

        var mail = Assert.Single(server.Accepted());
        Assert.Equal("Subject: x\r\n\r\none\r\n.\r\nMAIL FROM:<evil@x>\r\ntwo\r\n\r\n", Encoding.ASCII.GetString(mail.Content));
        Assert.Contains($"SIZE={mail.Content.Length}", mail.MailOptions);
    }

    [Fact]
    public async Task Each_recipient_gets_a_result_of_its_own()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        var result = await smtp.SendAsync("desk@example.com", ["refuse@x.org", "good@x.org", "later@x.org"], Bytes("Subject: x\r\n\r\nhi\r\n"), Ct);

        Assert.Equal([SmtpOutcome.Permanent, SmtpOutcome.Ok, SmtpOutcome.RetryLater], result.Recipients.Select(r => r.Outcome));
        Assert.Equal(new EnhancedStatus(5, 1, 1), result.Recipients[0].Reply.Enhanced);
        Assert.Equal("No such user here", result.Recipients[0].Reply.Text);
        Assert.Equal(["good@x.org"], Assert.Single(server.Accepted()).To);
    }

    [Fact]
    public async Task A_connection_sends_again_after_success_and_after_refusal()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        await smtp.SendAsync("desk@example.com", ["a@x.org"], Bytes("Subject: 1\r\n\r\n"), Ct);
        var refused = await smtp.SendAsync("desk@example.com", ["refuse@x.org"], Bytes("Subject: 2\r\n\r\n"), Ct);
        await smtp.SendAsync("desk@example.com", ["b@x.org"], Bytes("Subject: 3\r\n\r\n"), Ct);
        await smtp.NoopAsync(Ct);
        await smtp.QuitAsync(Ct);

        Assert.False(refused.AnyAccepted);
        Assert.Equal(["a@x.org", "b@x.org"], server.Accepted().Select(mail => mail.To.Single()));
        Assert.False(smtp.IsUsable);
    }

    [Theory]
    [InlineData("implicit", ConnectionSecurity.ImplicitTls, "PLAIN")]
    [InlineData("implicit", ConnectionSecurity.ImplicitTls, "LOGIN")]
    [InlineData("starttls", ConnectionSecurity.StartTlsRequired, "PLAIN")]
    [InlineData("starttls", ConnectionSecurity.StartTlsAuto, "LOGIN")]
    public async Task Signing_in_works_over_TLS(string tls, ConnectionSecurity security, string mechanism)
    {
        // aiosmtpd takes AUTH without STARTTLS only when told so, hence “implicit” asks for none.
        await using var server = await SmtpServers.StartAsync(new(tls, "desk", AuthMechanism: mechanism));
        var trace = new List<string>();
        await using var smtp = await SmtpConnection.ConnectAsync(Tls(server, security) with { Credentials = MailCredentials.Password("desk", "secret"), Trace = trace.Add }, Ct);

        var result = await smtp.SendAsync("desk@example.com", ["a@x.org"], Bytes("Subject: x\r\n\r\nhi\r\n"), Ct);

        Assert.True(smtp.IsEncrypted);
        Assert.True(result.AllAccepted);
        Assert.DoesNotContain(trace, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("c2VjcmV0", StringComparison.Ordinal));
        Assert.DoesNotContain(trace, line => line.Contains(Convert.ToBase64String("\0desk\0secret"u8), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_apart_from_other_failures()
    {
        await using var server = await SmtpServers.StartAsync(new("starttls", "desk"));

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(
            Tls(server, ConnectionSecurity.StartTlsRequired) with { Credentials = MailCredentials.Password("desk", "wrong") }, Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
        Assert.Contains("Authentication credentials invalid", failure.ServerWords, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Sending_without_signing_in_says_that_signing_in_is_wanted()
    {
        await using var server = await SmtpServers.StartAsync(new("starttls", "desk"));
        await using var smtp = await SmtpConnection.ConnectAsync(Tls(server, ConnectionSecurity.StartTlsRequired), Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => smtp.SendAsync("desk@x.com", ["a@x.org"], Bytes("Subject: x\r\n\r\n"), Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_its_facts()
    {
        await using var server = await SmtpServers.StartAsync(new("implicit"));
        var options = Tls(server, ConnectionSecurity.ImplicitTls) with { TrustedCertificates = [] };

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(options, Ct));

        Assert.Equal(MailConnectionReason.TlsFailed, failure.Reason);
        Assert.Equal(CertificateFault.UntrustedIssuer, failure.Certificate!.Fault);
        Assert.Equal("CN=localhost", failure.Certificate.Subject);
        await using var accepted = await SmtpConnection.ConnectAsync(options with { TrustedFingerprints = [failure.Certificate.Sha256] }, Ct);
        Assert.True(accepted.IsEncrypted);
    }

    [Fact]
    public async Task A_message_larger_than_the_server_takes_is_not_even_offered()
    {
        await using var server = await SmtpServers.StartAsync(new(MaxSize: 1000));
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        var result = await smtp.SendAsync("desk@x.com", ["a@x.org"], new MemoryStream(new byte[1001]), Ct);

        Assert.Equal(SmtpOutcome.Permanent, result.Recipients[0].Outcome);
        Assert.Equal(new EnhancedStatus(5, 3, 4), result.Reply.Enhanced);
        Assert.True(result.Reply.IsLocal);
        Assert.True(smtp.IsUsable);
    }

    [Fact]
    public async Task Addresses_in_Chinese_travel_where_SMTPUTF8_is_offered_and_domains_everywhere()
    {
        await using var modern = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(modern), Ct);
        Assert.True((await smtp.SendAsync("desk@example.com", ["张三@例子.中国"], Bytes("Subject: 你好\r\n\r\n你好\r\n"), Ct)).AllAccepted);
        Assert.Equal(["张三@例子.中国"], modern.Accepted()[0].To);
        Assert.Contains("SMTPUTF8", modern.Accepted()[0].MailOptions);
        Assert.Contains("BODY=8BITMIME", modern.Accepted()[0].MailOptions);

        await using var old = await SmtpServers.StartAsync(new(SmtpUtf8: false));
        await using var oldSmtp = await SmtpConnection.ConnectAsync(Plain(old), Ct);
        var result = await oldSmtp.SendAsync("desk@example.com", ["张三@例子.中国", "a@例子.中国"], Bytes("Subject: x\r\n\r\n"), Ct);
        Assert.Equal([SmtpOutcome.Permanent, SmtpOutcome.Ok], result.Recipients.Select(r => r.Outcome));
        Assert.Equal(["a@xn--fsqu00a.xn--fiqs8s"], Assert.Single(old.Accepted()).To);
    }

    [Fact]
    public async Task Where_8BITMIME_is_offered_a_body_goes_as_8bit()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);

        var result = await smtp.SendAsync("desk@example.com", ["a@x.org"], new MemoryStream(await WrittenForAsync(smtp)), Ct);

        Assert.True(result.AllAccepted);
        var mail = Assert.Single(server.Accepted());
        Assert.Contains("BODY=8BITMIME", mail.MailOptions);
        Assert.DoesNotContain("SMTPUTF8", mail.MailOptions);
        var text = Encoding.UTF8.GetString(mail.Content);
        Assert.Contains("Content-Transfer-Encoding: 8bit\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n您好，订单已发出。\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_8BITMIME_is_not_offered_the_same_body_is_encoded_and_reads_the_same()
    {
        var sent = new StringBuilder();
        string? command = null;
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220 hi");
            await peer.AnswerAsync("EHLO", "250-hi", "250 SIZE");
            command = await peer.HearAsync();
            await peer.SayAsync("250 ok");
            await peer.AnswerAsync("RCPT", "250 ok");
            await peer.AnswerAsync("DATA", "354 go");
            for (var line = await peer.HearAsync(); line != "."; line = await peer.HearAsync())
            {
                sent.Append(line).Append("\r\n");
            }

            await peer.SayAsync("250 taken");
        });
        await using var smtp = await SmtpConnection.ConnectAsync(new() { Host = "127.0.0.1", Port = server.Port, Security = ConnectionSecurity.None }, Ct);

        var result = await smtp.SendAsync("desk@example.com", ["a@x.org"], new MemoryStream(await WrittenForAsync(smtp)), Ct);

        Assert.True(result.AllAccepted);
        Assert.DoesNotContain("BODY=", command, StringComparison.Ordinal);
        Assert.DoesNotContain(sent.ToString(), c => c > '\u007f');
        Assert.Contains("Content-Transfer-Encoding: base64\r\n", sent.ToString(), StringComparison.Ordinal);
        using var mail = MailReader.Read(Encoding.ASCII.GetBytes(sent.ToString()));
        Assert.Equal(("订单", "您好，订单已发出。"), (mail.Subject, mail.Text.Trim()));
    }

    // As the product does: the writer is told what the connection found on offer.
    private static async Task<byte[]> WrittenForAsync(SmtpConnection smtp)
    {
        using var output = new MemoryStream();
        var draft = new MailDraft { From = new("清河设计", "desk@example.com"), To = [new("", "a@x.org")], Subject = "订单", Text = "您好，订单已发出。\n" };
        await MailWriter.WriteAsync(draft, output, new() { EightBitBodies = smtp.Capabilities.Has("8BITMIME") }, Ct);
        return output.ToArray();
    }

    [Fact]
    public async Task Ten_megabytes_arrive_whole()
    {
        await using var server = await SmtpServers.StartAsync();
        await using var smtp = await SmtpConnection.ConnectAsync(Plain(server), Ct);
        var line = new string('x', 76) + "\r\n";
        var message = "Subject: big\r\n\r\n" + string.Concat(Enumerable.Repeat(line, 10_000_000 / line.Length));

        var result = await smtp.SendAsync("desk@x.com", ["a@x.org"], Bytes(message), Ct);

        Assert.True(result.AllAccepted);
        Assert.Equal(message, Encoding.ASCII.GetString(server.Accepted()[0].Content));
    }

    private static SmtpOptions Plain(AiosmtpdServer server) => new() { Host = "127.0.0.1", Port = server.Port, Security = ConnectionSecurity.None };

    private static SmtpOptions Tls(AiosmtpdServer server, ConnectionSecurity security) =>
        new() { Host = "localhost", Port = server.Port, Security = security, TrustedCertificates = [server.Authority] };

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
