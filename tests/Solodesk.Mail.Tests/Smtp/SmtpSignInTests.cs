using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Smtp.ScriptedSmtp;

namespace Solodesk.Mail.Tests.Smtp;

/// <summary>Who may send, and what a refusal means.</summary>
public sealed class SmtpSignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first", MailConnectionReason.TlsRequired)]
    [InlineData("530 5.7.0 Authentication required", MailConnectionReason.WrongCredentials)]
    public async Task A_server_that_wants_something_first_is_no_refusal_of_the_mail(string answer, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(peer => RefuseAsync(peer, "MAIL", answer, pipelining: false));
        await using var smtp = await SmtpConnection.ConnectAsync(Options(server), Ct);

        Assert.Equal(expected, (await Assert.ThrowsAsync<MailConnectionException>(() => SendAsync(smtp))).Reason);
    }
}
