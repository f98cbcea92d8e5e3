using System.Text;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Smtp;

public sealed class SmtpMisbehavingServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("421 4.3.2 too many connections", MailConnectionReason.ServerBusy)]
    [InlineData("554 5.7.1 your address is listed", MailConnectionReason.ClientRefused)]
    [InlineData("* OK imap.example.com ready", MailConnectionReason.Protocol)]
    [InlineData("", MailConnectionReason.Protocol)]
    [InlineData("999 what", MailConnectionReason.Protocol)]
    [InlineData("250 early", MailConnectionReason.Protocol)]
    public async Task A_greeting_that_is_no_welcome_has_its_reason(string greeting, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(greeting);
            await peer.StaySilentAsync();
        });

        Assert.Equal(expected, (await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(Options(server), Ct))).Reason);
    }

    [Fact]
    public async Task A_server_older_than_EHLO_is_greeted_with_HELO()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220-long", "220 greeting");
            await peer.AnswerAsync("EHLO [127.0.0.1]", "502 what?");
            await peer.AnswerAsync("HELO [127.0.0.1]", "250 hi");
            await peer.AnswerAsync("MAIL FROM:<a@x.org>", "250");
            await peer.AnswerAsync("RCPT TO:<b@x.org>", "251 will forward");
            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            await peer.SayAsync("250 taken");
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        Assert.True((await SendAsync(smtp)).AllAccepted);
        Assert.Equal("long greeting", smtp.Greeting);
        Assert.Empty(server.Failures);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 later", SmtpOutcome.RetryLater)]
    [InlineData("MAIL", "550 5.7.1 never", SmtpOutcome.Permanent)]
    [InlineData("MAIL", "421 4.3.2 closing", SmtpOutcome.RetryLater)]
    [InlineData("RCPT", "450 4.2.1 greylisted", SmtpOutcome.RetryLater)]
    [InlineData("RCPT", "550 5.1.1 unknown", SmtpOutcome.Permanent)]
    [InlineData("RCPT", "552 too many recipients", SmtpOutcome.RetryLater)]
    [InlineData("RCPT", "552 5.2.2 mailbox full", SmtpOutcome.Permanent)]
    [InlineData("RCPT", "421 closing", SmtpOutcome.RetryLater)]
    [InlineData("DATA", "451 later", SmtpOutcome.RetryLater)]
    [InlineData("DATA", "554 no valid recipients", SmtpOutcome.Permanent)]
    [InlineData("BODY", "452 4.3.1 disk full", SmtpOutcome.RetryLater)]
    [InlineData("BODY", "554 5.7.1 spam", SmtpOutcome.Permanent)]
    [InlineData("BODY", "552 5.3.4 too big", SmtpOutcome.Permanent)]
    [InlineData("BODY", "421 shutting down", SmtpOutcome.RetryLater)]
    public async Task A_refusal_at_any_stage_is_sorted_and_the_connection_is_kept_unless_the_server_leaves(string stage, string answer, SmtpOutcome expected)
    {
        foreach (var pipelining in new[] { false, true })
        {
            await using var server = new ScriptedServer(peer => RefuseAsync(peer, stage, answer, pipelining));
            await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

            var result = await SendAsync(smtp);

            Assert.Equal(expected, Assert.Single(result.Recipients).Outcome);
            Assert.Equal(answer[..3], $"{result.Recipients[0].Reply.Code}");
            Assert.Equal(!answer.StartsWith("421", StringComparison.Ordinal), smtp.IsUsable);
            if (smtp.IsUsable)
            {
                Assert.True((await SendAsync(smtp)).AllAccepted);
            }

            Assert.Empty(server.Failures);
        }
    }

    [Theory]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first", MailConnectionReason.TlsRequired)]
    [InlineData("530 5.7.0 Authentication required", MailConnectionReason.WrongCredentials)]
    public async Task A_server_that_wants_something_first_is_no_refusal_of_the_mail(string answer, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(peer => RefuseAsync(peer, "MAIL", answer, pipelining: false));
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        Assert.Equal(expected, (await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp))).Reason);
    }

    [Fact]
    public async Task A_cut_after_the_whole_message_says_that_it_may_have_been_sent()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: true);
            await peer.AnswerAsync("MAIL", "250 ok");
            await peer.AnswerAsync("RCPT", "250 ok");
            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            peer.Cut();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp));

        Assert.Equal((MailConnectionReason.ConnectionLost, true, false), (failure.Reason, failure.MayHaveBeenSent, smtp.IsUsable));
    }

    [Fact]
    public async Task A_server_that_takes_its_time_is_given_up_and_a_slow_verdict_has_a_longer_limit()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: false);
            await peer.AnswerAsync("MAIL", "250 ok");
            await peer.AnswerAsync("RCPT", "250 ok");
            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            await Task.Delay(3500, Ct);
            await peer.SayAsync("250 scanned");
            await peer.StaySilentAsync();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server) with { CommandTimeout = TimeSpan.FromSeconds(2), AcceptTimeout = TimeSpan.FromSeconds(20) }, Ct);

        Assert.True((await SendAsync(smtp)).AllAccepted);
        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp));
        Assert.Equal((MailConnectionReason.TimedOut, false), (failure.Reason, failure.MayHaveBeenSent));
    }

    [Fact]
    public async Task A_hundred_recipients_go_in_groups_and_keep_their_own_answers()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: true);
            await peer.AnswerAsync("MAIL", "250 ok");
            for (var i = 0; i < 120; i++)
            {
                await peer.AnswerAsync($"RCPT TO:<u{i}@x.org>", i % 2 == 0 ? "250 ok" : "550 5.1.1 no");
            }

            await peer.AnswerAsync("DATA", "354 go");
            while (await peer.HearAsync() != ".")
            {
            }

            await peer.SayAsync("250 ok");
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        var result = await smtp.SendAsync("a@x.org", [.. Enumerable.Range(0, 120).Select(i => $"u{i}@x.org")], Message(), Ct);

        Assert.Equal(60, result.Recipients.Count(r => r.Outcome == SmtpOutcome.Ok));
        Assert.Equal("u119@x.org", result.Recipients.Last(r => r.Outcome == SmtpOutcome.Permanent).Address);
        Assert.Empty(server.Failures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_signs_in_with_XOAUTH2_and_a_refused_one_needs_a_person(bool good)
    {
        string? heard = null;
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220 hi");
            await peer.AnswerAsync("EHLO", "250-hi", "250 AUTH LOGIN XOAUTH2");
            heard = await peer.HearAsync();
            if (!good)
            {
                await peer.SayAsync("334 " + Convert.ToBase64String("{\"status\":\"401\"}"u8));
                Assert.Equal("", await peer.HearAsync());
                await peer.SayAsync("535-5.7.8 Username and Password not accepted.", "535 5.7.8 gsmtp");
                return;
            }

            await peer.SayAsync("235 2.7.0 Accepted");
        });
        var connecting = SmtpConnection.ConnectAsync(Options(server) with { Credentials = MailCredentials.Bearer("desk@gmail.com", "tok") }, Ct);

        if (good)
        {
            await using var smtp = await connecting;
        }
        else
        {
            var failure = await Assert.ThrowsAsync<MailConnectionException>(() => connecting);
            Assert.Equal(MailConnectionReason.OAuthExpired, failure.Reason);
            Assert.Contains("status 401", failure.ServerWords, StringComparison.Ordinal);
        }

        Assert.Equal("AUTH XOAUTH2 " + Convert.ToBase64String("user=desk@gmail.com\u0001auth=Bearer tok\u0001\u0001"u8), heard);
    }

    [Theory]
    [InlineData("250 AUTH=LOGIN", "334 VXNlcm5hbWU6", "535 5.7.8 no", MailConnectionReason.WrongCredentials)]
    [InlineData("250 AUTH LOGIN", "334 x", "534-5.7.9 Application-specific password required.", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("250 AUTH LOGIN", "334 x", "535 Login Fail. Please enter your authorization code to login.", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("250 AUTH LOGIN", "334 x", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", MailConnectionReason.OAuthRequired)]
    [InlineData("250 AUTH LOGIN", "334 x", "454 4.7.0 Temporary authentication failure", MailConnectionReason.ServerBusy)]
    [InlineData("250 AUTH LOGIN", "334 x", "538 5.7.11 Encryption required", MailConnectionReason.TlsRequired)]
    [InlineData("250 AUTH CRAM-MD5", "", "", MailConnectionReason.AuthenticationUnavailable)]
    [InlineData("250 STARTTLS", "", "", MailConnectionReason.TlsRequired)]
    public async Task A_refused_login_has_its_reason(string offer, string challenge, string answer, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220 hi");
            await peer.AnswerAsync("EHLO", "250-hi", offer);
            await peer.AnswerAsync("AUTH LOGIN", challenge);
            await peer.AnswerAsync(Convert.ToBase64String("desk"u8), challenge);
            await peer.AnswerAsync(Convert.ToBase64String("secret"u8), answer.Contains('-', StringComparison.Ordinal) && answer[3] == '-' ? [answer, "534 5.7.9 end"] : [answer]);
        });

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() =>
            SmtpConnection.ConnectAsync(Options(server) with { Credentials = MailCredentials.Password("desk", "secret") }, Ct));

        Assert.Equal(expected, failure.Reason);
    }

    [Fact]
    public async Task An_envelope_cannot_carry_a_command()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: true);
            await peer.StaySilentAsync();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        await Assert.ThrowsAsync<ArgumentException>(() => smtp.SendAsync("a@x.org", ["b@x.org>\r\nDATA"], Message(), Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => smtp.SendAsync("a@x.org\r\nRSET", ["b@x.org"], Message(), Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => smtp.SendAsync("a@x.org", [], Message(), Ct));
    }

    [Fact]
    public async Task An_eight_bit_message_is_not_forced_on_a_server_that_does_not_take_it()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await HelloAsync(peer, pipelining: true);
            await peer.StaySilentAsync();
        });
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        var body = await smtp.SendAsync("a@x.org", ["b@x.org"], new MemoryStream("Subject: x\r\n\r\n你好"u8.ToArray()), Ct);
        var header = await smtp.SendAsync("a@x.org", ["b@x.org"], new MemoryStream("Subject: 你好\r\n\r\n"u8.ToArray()), Ct);

        Assert.Equal((true, new EnhancedStatus(5, 6, 3)), (body.Reply.IsLocal, body.Reply.Enhanced!.Value));
        Assert.Equal((true, new EnhancedStatus(5, 6, 7)), (header.Reply.IsLocal, header.Reply.Enhanced!.Value));
    }

    [Theory]
    [InlineData("250 hi", "", MailConnectionReason.TlsRequired)]
    [InlineData("250 STARTTLS", "454 4.7.0 not now", MailConnectionReason.TlsRequired)]
    [InlineData("250 STARTTLS", "220 go\r\n250 AUTH PLAIN", MailConnectionReason.TlsFailed)]
    public async Task Without_a_clean_STARTTLS_a_connection_that_needs_it_goes_no_further(string offer, string answer, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("220 hi");
            await peer.AnswerAsync("EHLO", "250-hi", offer);
            if (answer.Length > 0)
            {
                await peer.AnswerAsync("STARTTLS", answer);
            }

            await peer.StaySilentAsync();
        });

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => SmtpConnection.ConnectAsync(Options(server) with { Security = ConnectionSecurity.StartTlsRequired }, Ct));

        Assert.Equal(expected, failure.Reason);
    }

    [Fact]
    public async Task A_cut_at_any_byte_of_a_real_dialogue_is_a_lost_connection()
    {
        await using var server = await SmtpServers.StartAsync();
        async Task<int> VisitAsync(int after)
        {
            await using var wire = new FailingWire(server.Port, after, WireFailure.Reset);
            await using var smtp = await SmtpConnection.ConnectAsync(Options(wire.Port), Ct);
            await SendAsync(smtp);
            await smtp.QuitAsync(Ct);
            return wire.Passed;
        }

        var whole = await VisitAsync(int.MaxValue);
        for (var after = 0; after < whole; after += 9)
        {
            var failure = await Assert.ThrowsAsync<MailConnectionException>(() => VisitAsync(after));
            Assert.Equal(MailConnectionReason.ConnectionLost, failure.Reason);
        }
    }

    [Theory]
    [InlineData("5.1.1 x", 5, 1, 1, 5)]
    [InlineData("2.0.0", 2, 0, 0, 5)]
    [InlineData("4.7.650 slow down", 4, 7, 650, 7)]
    public void Enhanced_codes_are_read(string text, int a, int b, int c, int length)
    {
        Assert.True(EnhancedStatus.TryParse(text, out var status, out var taken));
        Assert.Equal((new EnhancedStatus(a, b, c), length), (status, taken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5.1")]
    [InlineData("3.1.1 x")]
    [InlineData("5.1.1x")]
    [InlineData("5.1.1.1")]
    [InlineData("10.0.0.1 is not welcome")]
    [InlineData("5..1")]
    public void What_is_no_enhanced_code_is_words(string text) => Assert.False(EnhancedStatus.TryParse(text, out _, out _));

    private static async Task HelloAsync(ScriptedPeer peer, bool pipelining)
    {
        await peer.SayAsync("220 hi");
        await peer.AnswerAsync("EHLO", pipelining ? ["250-hi", "250 PIPELINING"] : ["250 hi"]);
    }

    /// <summary>Refuses once at the given stage, and takes the next message.</summary>
    private static async Task RefuseAsync(ScriptedPeer peer, string stage, string answer, bool pipelining)
    {
        await HelloAsync(peer, pipelining);
        for (var refuse = true; ; refuse = false)
        {
            var stages = new[] { "MAIL", "RCPT", "DATA" };
            var refused = false;
            for (var i = 0; i < stages.Length; i++)
            {
                var heard = await peer.HearAsync();
                if (heard is "RSET")
                {
                    await peer.SayAsync("250 reset");
                    i--;
                    continue;
                }

                if (heard is "QUIT")
                {
                    return;
                }

                var fails = refuse && stages[i] == stage;
                if (fails && stage == "MAIL" && pipelining && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    await peer.HearAsync(); // what lies unread when the connection is closed turns the farewell into a reset
                }

                await peer.SayAsync(fails ? answer : stages[i] == "DATA" ? "354 go" : "250 ok");
                refused |= fails;
                if (fails && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    return;
                }

                if (fails && stage == "MAIL" && pipelining)
                {
                    await peer.AnswerAsync("RCPT", "503 5.5.1 MAIL first");
                }

                if (fails)
                {
                    break;
                }
            }

            if (!refused)
            {
                while (await peer.HearAsync() != ".")
                {
                }

                await peer.SayAsync(refuse && stage == "BODY" ? answer : "250 2.0.0 taken");
                if (refuse && answer.StartsWith("421", StringComparison.Ordinal))
                {
                    return;
                }
            }

            if (!refuse)
            {
                return;
            }
        }
    }

    private static Task<SmtpSendResult> SendAsync(SmtpConnection smtp) => smtp.SendAsync("a@x.org", ["b@x.org"], Message(), Ct);

    private static MemoryStream Message() => new(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('x', 70) + "\r\n"));

    private static SmtpOptions Options(ScriptedServer server) => Options(server.Port);

    private static SmtpOptions Options(int port) =>
        new() { Host = "127.0.0.1", Port = port, Security = ConnectionSecurity.None, CommandTimeout = TimeSpan.FromSeconds(10) };
}
