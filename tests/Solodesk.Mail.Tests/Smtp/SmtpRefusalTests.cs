using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Smtp.ScriptedSmtp;

namespace Solodesk.Mail.Tests.Smtp;

/// <summary>What a server refuses, sorted into "try again" and "never", and what is not even offered.</summary>
public sealed class SmtpRefusalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
}
