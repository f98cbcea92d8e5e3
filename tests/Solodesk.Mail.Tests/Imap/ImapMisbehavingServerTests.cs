using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Imap.ScriptedImap;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapMisbehavingServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
}
