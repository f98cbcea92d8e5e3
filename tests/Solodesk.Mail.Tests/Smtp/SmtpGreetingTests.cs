using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Smtp.ScriptedSmtp;

namespace Solodesk.Mail.Tests.Smtp;

/// <summary>How a connection begins: greeting, EHLO or HELO, STARTTLS.</summary>
public sealed class SmtpGreetingTests
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
}
