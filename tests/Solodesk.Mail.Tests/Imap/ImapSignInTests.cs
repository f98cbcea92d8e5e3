using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Imap.ScriptedImap;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapSignInTests
{
    private const string Rev1 = "* OK [CAPABILITY IMAP4rev1 ID UIDPLUS] ready";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_says_no_capabilities_is_asked_before_and_after_the_login()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK hello");
            await peer.AnswerTaggedAsync("CAPABILITY", "* CAPABILITY IMAP4", "$ OK");
            await peer.AnswerTaggedAsync("LOGIN \"desk\" \"secret\"", "$ OK");
            await peer.AnswerTaggedAsync("CAPABILITY", "* CAPABILITY IMAP4 IDLE", "$ OK");
        });

        await using var imap = await OpenAsync(server);

        Assert.True(imap.Capabilities.Has("idle"));
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task ID_goes_out_after_the_login_and_before_a_mailbox_is_opened()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Rev1);
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 ID] in");
            await peer.AnswerTaggedAsync("ID (\"name\" \"Desk \\\"1\\\"\" \"version\" \"2\")", "* ID NIL", "$ OK");
            await peer.AnswerTaggedAsync("SELECT \"INBOX\"", "* 3 EXISTS", "* OK [UIDVALIDITY 7] .", "* OK [UIDNEXT 9] .", "$ OK [READ-WRITE] done");
        });

        await using var imap = await OpenAsync(server, o => o with { Identification = [new("name", "Desk \"1\"\r\n"), new("version", "2")] });
        var inbox = await imap.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.Equal((7u, 9u, 3u, null, false), (inbox.UidValidity, inbox.UidNext, inbox.Exists, inbox.HighestModSeq, inbox.IsReadOnly));
    }

    [Theory]
    [InlineData("imap.example.com", "$ NO [AUTHENTICATIONFAILED] Authentication failed.", MailConnectionReason.WrongCredentials)]
    [InlineData("imap.example.com", "$ NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("imap.example.com", "$ NO Login fail. Please using authorized code to login.", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("imap.qq.com", "$ NO Login fail. Password is wrong or account is abnormal", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("imap.163.com", "$ NO LOGIN Login error or password error", MailConnectionReason.AppPasswordNeeded)]
    [InlineData("outlook.office365.com", "$ NO BasicAuthBlocked", MailConnectionReason.OAuthRequired)]
    [InlineData("imap.example.com", "$ NO [UNAVAILABLE] Temporary authentication failure.", MailConnectionReason.ServerBusy)]
    [InlineData("imap.example.com", "$ NO [ALERT] Too many simultaneous connections", MailConnectionReason.ServerBusy)]
    [InlineData("imap.example.com", "$ NO [ALERT] Your account is not enabled for IMAP use.", MailConnectionReason.ClientRefused)]
    [InlineData("imap.example.com", "$ NO [PRIVACYREQUIRED] TLS first", MailConnectionReason.TlsRequired)]
    public void Each_refused_login_has_its_reason(string host, string answer, MailConnectionReason expected)
    {
        var response = ImapParser.Parse([new(Encoding.UTF8.GetBytes(answer.Replace("$", "A1", StringComparison.Ordinal)), null)]);

        Assert.Equal(expected, ImapRefusal.LoginReason(response, host, bearer: false));
    }

    [Theory]
    [InlineData("* BYE Too many connections from your address", MailConnectionReason.ServerBusy)]
    [InlineData("* BYE go away", MailConnectionReason.ConnectionLost)]
    [InlineData("220 smtp.example.com ESMTP", MailConnectionReason.Protocol)]
    [InlineData("", MailConnectionReason.Protocol)]
    [InlineData("+ what", MailConnectionReason.Protocol)]
    public async Task A_greeting_that_is_none_is_told(string greeting, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(greeting);
            await peer.StaySilentAsync();
        });

        Assert.Equal(expected, (await Assert.ThrowsAsync<MailConnectionException>(() => ImapConnection.ConnectAsync(Options(server), Ct))).Reason);
    }

    [Theory]
    [InlineData("XOAUTH2", true)]
    [InlineData("XOAUTH2", false)]
    [InlineData("OAUTHBEARER", true)]
    public async Task A_token_signs_in_and_a_refused_one_needs_a_person(string way, bool saslIr)
    {
        var heard = new List<string>();
        async Task ScriptAsync(ScriptedPeer peer, bool good)
        {
            await peer.SayAsync($"* OK [CAPABILITY IMAP4rev1 AUTH={way}{(saslIr ? " SASL-IR" : "")}] ready");
            var line = await peer.HearAsync();
            var tag = line.Split(' ')[0];
            if (!saslIr)
            {
                await peer.SayAsync("+ ");
                line += " " + await peer.HearAsync();
            }

            heard.Add(Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[3])));
            if (!good)
            {
                await peer.SayAsync("+ " + Convert.ToBase64String("{\"status\":\"400\",\"schemes\":\"Bearer\"}"u8));
                heard.Add(await peer.HearAsync());
            }

            await peer.SayAsync(good ? $"{tag} OK [CAPABILITY IMAP4rev1] in" : $"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)");
        }

        await using var server = new ScriptedServer(peer => ScriptAsync(peer, good: true), peer => ScriptAsync(peer, good: false));
        var options = Options(server) with { Credentials = MailCredentials.Bearer("desk@example.com", _ => new("to=ken")) };
        await using (var imap = await ImapConnection.ConnectAsync(options, Ct))
        {
            await imap.AuthenticateAsync(Ct);
        }

        await using var second = await ImapConnection.ConnectAsync(options, Ct);
        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => second.AuthenticateAsync(Ct));

        Assert.Equal(MailConnectionReason.OAuthExpired, failure.Reason);
        Assert.Contains("status 400", failure.ServerWords, StringComparison.Ordinal);
        Assert.Equal(way == "XOAUTH2" ? "user=desk@example.com\u0001auth=Bearer to=ken\u0001\u0001" : $"n,a=desk@example.com,\u0001host=localhost\u0001port={server.Port}\u0001auth=Bearer to=ken\u0001\u0001", heard[0]);
        Assert.Equal(way == "XOAUTH2" ? "" : "AQ==", heard[2]);
    }

    [Fact]
    public async Task Data_slipped_in_before_TLS_ends_the_connection()
    {
        using var certificates = new TestCertificates();
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready");
            await peer.AnswerTaggedAsync("STARTTLS", "$ OK go\r\n* CAPABILITY IMAP4rev1 AUTH=EVIL");
            await peer.StaySilentAsync();
        });

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => ImapConnection.ConnectAsync(Options(server) with { Security = ConnectionSecurity.StartTlsRequired }, Ct));

        Assert.Equal(MailConnectionReason.TlsFailed, failure.Reason);
    }

    [Theory]
    [InlineData("* OK [CAPABILITY IMAP4rev1] ready")]
    [InlineData("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] I know you")]
    public async Task Without_STARTTLS_a_connection_that_needs_it_goes_no_further(string greeting)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(greeting);
            await peer.StaySilentAsync();
        });

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => ImapConnection.ConnectAsync(Options(server) with { Security = ConnectionSecurity.StartTlsRequired }, Ct));

        Assert.Equal(MailConnectionReason.TlsRequired, failure.Reason);
    }
}
