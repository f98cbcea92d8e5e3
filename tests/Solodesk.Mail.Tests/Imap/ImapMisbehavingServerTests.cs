using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapMisbehavingServerTests
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
    [InlineData("$ NO SELECT Unsafe Login. Please contact kefu@188.com for help", MailConnectionReason.ClientRefused)]
    [InlineData("$ NO [NONEXISTENT] Unknown Mailbox", MailConnectionReason.MailboxMissing)]
    [InlineData("$ NO [UNAVAILABLE] later", MailConnectionReason.ServerBusy)]
    [InlineData("$ NO [INUSE] locked", MailConnectionReason.ServerBusy)]
    [InlineData("$ BAD what", MailConnectionReason.Protocol)]
    [InlineData("* BYE Autologout; idle for too long", MailConnectionReason.ConnectionLost)]
    [InlineData("* BYE [UNAVAILABLE] Server shutting down", MailConnectionReason.ServerBusy)]
    [InlineData("X9 OK done", MailConnectionReason.Protocol)]
    [InlineData("HTTP/1.1 400 Bad Request", MailConnectionReason.Protocol)]
    [InlineData("* 1 FETCH (UID 1", MailConnectionReason.Protocol)]
    [InlineData("* 1 FETCH (UID 1 BODY[] {99999999999999999}", MailConnectionReason.Protocol)]
    public async Task A_refusal_to_open_a_mailbox_has_its_reason(string answer, MailConnectionReason expected)
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("SELECT", answer);
            await peer.StaySilentAsync();
        });
        await using var imap = await OpenAsync(server);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.SelectAsync("INBOX", readOnly: false, Ct));

        Assert.Equal(expected, failure.Reason);
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

    [Fact]
    public async Task Words_that_end_like_a_literal_announce_nothing()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("NOOP", "* OK [ALERT] your quota is {90}", "* OK Still here {5}", "$ OK done {12}");
            await peer.AnswerTaggedAsync("NOOP", "$ OK");
        });
        await using var imap = await OpenAsync(server);

        await imap.NoopAsync(Ct);
        await imap.NoopAsync(Ct);
        Assert.Equal(["your quota is {90}"], imap.Alerts);
    }

    [Fact]
    public async Task A_message_in_single_octets_amid_noise_and_in_any_order_is_read_whole()
    {
        const string Message = "Subject: 你好\r\n\r\nA1 OK\r\n* BYE\r\n)\r\n";
        var length = Encoding.UTF8.GetByteCount(Message);
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("UID SEARCH UID 1:*", "* SEARCH", "* SEARCH 8 5 5", "$ OK");
            var tag = await peer.AnswerTaggedAsync("UID FETCH 5,8 (UID FLAGS INTERNALDATE RFC822.SIZE)");
            await peer.SayAsync(
                "* 2 FETCH (RFC822.SIZE 0 INTERNALDATE \"not a date\" FLAGS (\\Seen $Label \"odd flag\") UID 8)",
                "* 1 FETCH (FLAGS (\\Recent))",
                $"* 1 FETCH (X-GM-THRID (a [b (c)) X-B (\"d\\\\\" NIL) UID 5 RFC822.SIZE {length} INTERNALDATE \" 1-Feb-2026 03:04:05 +0800\" FLAGS ())",
                $"{tag} OK");
            tag = await peer.AnswerTaggedAsync("UID FETCH 5,8 (UID BODY.PEEK[])");
            foreach (var b in Encoding.UTF8.GetBytes($"* 4 EXISTS\r\n* XNOISE )(\"\r\n* 1 FETCH (BODY[] {{{length}}}\r\n{Message} UID 5)\r\n* 2 FETCH (UID 8 BODY[] NIL)\r\n+ odd\r\n{tag} OK\r\n"))
            {
                await peer.RawAsync([b]);
            }
        });
        await using var imap = await OpenAsync(server);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var messages = new List<(uint, string, int)>();
        await foreach (var message in imap.FetchAsync(1, null, Ct))
        {
            using (message)
            {
                messages.Add((message.Uid, Encoding.UTF8.GetString(await message.Content!.ToArrayAsync(Ct)), message.Flags.Count));
                Assert.Equal(message.Uid == 5 ? new DateTimeOffset(2026, 2, 1, 3, 4, 5, TimeSpan.FromHours(8)) : null, message.Received);
            }
        }

        Assert.Equal([(5u, Message, 0), (8u, "", 3)], messages);
        Assert.Equal(4u, imap.Exists);
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task One_message_that_the_server_cannot_read_does_not_keep_the_others_away()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("SELECT", "* 3 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("UID FETCH 1:3 (UID FLAGS", "* 1 FETCH (UID 1 RFC822.SIZE 3)", "* 2 FETCH (UID 2 RFC822.SIZE 3)", "* 3 FETCH (UID 3 RFC822.SIZE 3)", "$ OK");
            await peer.AnswerTaggedAsync("UID FETCH 1:3 (UID BODY", "* 1 FETCH (UID 1 BODY[] \"one\")", "$ NO [SERVERBUG] broken");
            await peer.AnswerTaggedAsync("UID FETCH 2 ", "$ NO [SERVERBUG] broken");
            await peer.AnswerTaggedAsync("UID FETCH 3 ", "* 3 FETCH (UID 3 BODY[] \"two\")", "$ OK");
        });
        await using var imap = await OpenAsync(server);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var states = new List<ImapContentState>();
        await foreach (var message in imap.FetchAsync([1, 2, 3], Ct))
        {
            states.Add(message.State);
        }

        Assert.Equal([ImapContentState.Present, ImapContentState.Refused, ImapContentState.Present], states);
    }

    [Fact]
    public async Task A_literal_larger_than_allowed_is_passed_over_and_the_next_message_is_read()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("SELECT", "* 2 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("UID FETCH 1:2 (UID FLAGS", "* 1 FETCH (UID 1 RFC822.SIZE 10)", "* 2 FETCH (UID 2 RFC822.SIZE 3)", "$ OK");
            var tag = await peer.AnswerTaggedAsync("UID FETCH 1:2 (UID BODY");
            await peer.RawAsync($"* 1 FETCH (UID 1 BODY[] {{5000}}\r\n{new string('x', 5000)})\r\n* 2 FETCH (UID 2 BODY[] {{3}}\r\nabc)\r\n{tag} OK\r\n");
        });
        await using var imap = await OpenAsync(server, o => o with { MaxMessageSize = 1000 });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var states = new List<(ImapContentState, long?)>();
        await foreach (var message in imap.FetchAsync([1, 2], Ct))
        {
            states.Add((message.State, message.Content?.Length));
        }

        Assert.Equal([(ImapContentState.TooLarge, null), (ImapContentState.Present, 3)], states);
    }

    [Fact]
    public async Task A_line_without_end_is_given_up_at_its_limit()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.HearAsync();
            for (var i = 0; i < 1000; i++)
            {
                await peer.RawAsync(new string('1', 10_000));
            }

            await peer.StaySilentAsync();
        });
        await using var imap = await OpenAsync(server, o => o with { MaxLineLength = 100_000 });

        Assert.Equal(MailConnectionReason.Protocol, (await Assert.ThrowsAsync<MailConnectionException>(() => imap.NoopAsync(Ct))).Reason);
        Assert.False(imap.IsUsable);
        Assert.Equal(MailConnectionReason.ConnectionLost, (await Assert.ThrowsAsync<MailConnectionException>(() => imap.NoopAsync(Ct))).Reason);
    }

    [Fact]
    public async Task A_hundred_thousand_messages_are_found_in_one_line()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("UID SEARCH", "* SEARCH " + string.Join(' ', Enumerable.Range(1, 100_000)), "$ OK");
        });
        await using var imap = await OpenAsync(server);

        Assert.Equal(99_991, (await imap.SearchUidsAsync(10, Ct)).Count);
    }

    [Fact]
    public async Task A_server_with_IMAP4rev2_only_answers_with_ESEARCH_and_UTF8_names()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] ready");
            await peer.AnswerTaggedAsync($"AUTHENTICATE PLAIN {Convert.ToBase64String("\0desk\0secret"u8)}", "$ OK [CAPABILITY IMAP4rev2] in");
            await peer.AnswerTaggedAsync("LIST \"\" \"*\" RETURN (SPECIAL-USE)", "* LIST (\\Sent) \"/\" \"已发送\"", "* LIST () \"/\" \"R&D\"", "$ OK");
            await peer.AnswerTaggedAsync("SELECT \"已发送\"", "* 3 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("UID SEARCH RETURN (ALL) UID 4:*", "* ESEARCH (TAG \"A3\") UID ALL 3:5,9", "$ OK");
        });
        await using var imap = await OpenAsync(server);

        Assert.Equal(["已发送", "R&D"], (await imap.ListAsync(Ct)).Select(m => m.Name));
        await imap.SelectAsync("已发送", readOnly: false, Ct);
        Assert.Equal([4u, 5u, 9u], await imap.SearchUidsAsync(4, Ct));
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task With_UTF8_ACCEPT_names_and_headers_travel_raw()
    {
        var mail = Encoding.UTF8.GetBytes("Subject: 你好\r\n\r\n");
        string? literal = null;
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT LITERAL+] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK");
            await peer.AnswerTaggedAsync("CAPABILITY", "* CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT LITERAL+", "$ OK");
            await peer.AnswerTaggedAsync("ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT", "$ OK");
            var command = await peer.HearAsync();
            literal = command + await peer.HearBytesAsync(mail.Length) + await peer.HearAsync();
            await peer.SayAsync($"{command.Split(' ')[0]} OK [APPENDUID 1 77] done");
        });
        await using var imap = await OpenAsync(server);

        Assert.Equal(77u, await imap.AppendAsync("已发送", new MemoryStream(mail), ["\\Seen"], null, Ct));
        Assert.EndsWith($"APPEND \"已发送\" (\\Seen) UTF8 (~{{{mail.Length}+}}Subject: 你好\r\n\r\n)", literal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_name_that_is_no_valid_encoding_can_still_be_opened()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.AnswerTaggedAsync("LIST \"\" \"*\"", "* LIST () \".\" \"R&D\"", "* LIST () NIL {6}", "Sent &", "* LIST (\\Noselect) \"/\" &XfJT0ZAB-", "$ OK");
            await peer.AnswerTaggedAsync("SELECT \"R&D\"", "* 0 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("SELECT \"&XfJT0ZAB-\"", "* 0 EXISTS", "$ OK");
        });
        await using var imap = await OpenAsync(server);

        var mailboxes = await imap.ListAsync(Ct);

        Assert.Equal(["R&D", "Sent &", "已发送"], mailboxes.Select(m => m.Name));
        Assert.Equal((ImapMailboxUse.Sent, true, false), (mailboxes[2].Use, mailboxes[2].UseIsGuessed, mailboxes[2].CanSelect));
        await imap.SelectAsync("R&D", readOnly: false, Ct);
        await imap.SelectAsync("已发送", readOnly: false, Ct);
        Assert.Empty(server.Failures);
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
    public async Task IDLE_that_is_refused_falls_back_to_asking()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "$ BAD unknown");
            await peer.AnswerTaggedAsync("NOOP", "$ OK");
            await peer.AnswerTaggedAsync("NOOP", "* 2 EXISTS", "$ OK");
        });
        await using var imap = await OpenAsync(server, o => o with { PollInterval = TimeSpan.FromMilliseconds(20) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.Equal(ImapChanges.NewMessages, await imap.IdleAsync(Ct));
    }

    [Fact]
    public async Task A_server_that_ends_IDLE_by_itself_is_asked_again()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "+ idling", "* OK Still here", "$ OK timeout");
            var tag = await peer.AnswerTaggedAsync("IDLE", "+ idling", "* 1 EXPUNGE");
            await peer.AnswerAsync("DONE", $"{tag} OK");
        });
        await using var imap = await OpenAsync(server);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.Equal(ImapChanges.Removed, await imap.IdleAsync(Ct));
        Assert.Equal(0u, imap.Exists);
    }

    [Fact]
    public async Task A_server_dead_during_IDLE_is_found_out_at_the_renewal_and_leaving_it_takes_no_longer()
    {
        async Task DeadAsync(ScriptedPeer peer)
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "+ idling");
            await peer.StaySilentAsync();
        }

        await using var server = new ScriptedServer(DeadAsync);
        await using var imap = await OpenAsync(server, o => o with { IdleRenewal = TimeSpan.FromMilliseconds(100), CommandTimeout = TimeSpan.FromMilliseconds(200) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.IdleAsync(Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct));

        Assert.Equal(MailConnectionReason.TimedOut, failure.Reason);
    }

    [Fact]
    public async Task A_second_command_at_the_same_time_is_a_mistake_that_is_told()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await LoginAsync(peer);
            await peer.StaySilentAsync();
        });
        await using var imap = await OpenAsync(server);
        using var stop = new CancellationTokenSource();

        var first = imap.NoopAsync(stop.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => imap.NoopAsync(Ct));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(imap.IsUsable);
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

    [Fact]
    public async Task A_session_comes_back_with_growing_waits_and_ends_with_its_work()
    {
        await using var server = new ScriptedServer(
            peer => Task.Run(peer.Cut, Ct),
            async peer => await peer.SayAsync("* BYE busy, try again"),
            async peer =>
            {
                await peer.SayAsync(Rev1);
                await peer.AnswerTaggedAsync("LOGIN", "$ NO [AUTHENTICATIONFAILED] wrong");
            },
            async peer =>
            {
                await LoginAsync(peer);
                await peer.AnswerTaggedAsync("NOOP", "$ OK");
            });
        var failures = new List<(MailConnectionReason Reason, TimeSpan Delay)>();
        var session = new ImapSession(new()
        {
            Server = Options(server),
            FirstDelay = TimeSpan.FromMilliseconds(20),
            PersonDelay = TimeSpan.FromMilliseconds(400),
            OnFailure = (e, delay) => failures.Add((e.Reason, delay)),
            Jitter = new Random(1),
        });

        await session.RunAsync((imap, ct) => imap.NoopAsync(ct), Ct);

        Assert.Equal([MailConnectionReason.ConnectionLost, MailConnectionReason.ServerBusy, MailConnectionReason.WrongCredentials], failures.Select(f => f.Reason));
        Assert.InRange(failures[0].Delay.TotalMilliseconds, 10, 20);
        Assert.InRange(failures[1].Delay.TotalMilliseconds, 20, 40);
        Assert.InRange(failures[2].Delay.TotalMilliseconds, 200, 400);
    }

    private static async Task LoginAsync(ScriptedPeer peer)
    {
        await peer.SayAsync("* OK [CAPABILITY IMAP4rev1] ready");
        await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1] in");
    }

    private static ImapOptions Options(ScriptedServer server) => new()
    {
        Host = "localhost",
        Port = server.Port,
        Security = ConnectionSecurity.None,
        Credentials = MailCredentials.Password("desk", "secret"),
        CommandTimeout = TimeSpan.FromSeconds(10),
    };

    private static async Task<ImapConnection> OpenAsync(ScriptedServer server, Func<ImapOptions, ImapOptions>? change = null)
    {
        var imap = await ImapConnection.ConnectAsync(change is null ? Options(server) : change(Options(server)), Ct);
        await imap.AuthenticateAsync(Ct);
        return imap;
    }
}
