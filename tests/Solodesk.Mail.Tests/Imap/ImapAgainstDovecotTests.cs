using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapAgainstDovecotTests(DovecotFixture fixture) : IClassFixture<DovecotFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DovecotServer Server => fixture.Server;

    [Theory]
    [InlineData(ConnectionSecurity.ImplicitTls)]
    [InlineData(ConnectionSecurity.StartTlsRequired)]
    [InlineData(ConnectionSecurity.StartTlsAuto)]
    [InlineData(ConnectionSecurity.None)]
    public async Task A_delivered_message_is_read_octet_for_octet(ConnectionSecurity security)
    {
        var user = $"octets-{security}".ToLowerInvariant();
        await Server.DeliverAsync(user, Mail("你好", "第一行\n.点\nend"), Ct);
        await using var imap = await OpenAsync(user, security);
        var inbox = await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var message = Assert.Single(await AllAsync(imap, 1));

        Assert.Equal(security != ConnectionSecurity.None, imap.IsEncrypted);
        Assert.Equal(1u, inbox.Exists);
        Assert.Equal(2u, inbox.UidNext);
        Assert.NotEqual(0u, inbox.UidValidity);
        Assert.NotNull(inbox.HighestModSeq);
        Assert.EndsWith("Subject: 你好\r\n\r\n第一行\r\n.点\r\nend\r\n", Encoding.UTF8.GetString(message.Bytes), StringComparison.Ordinal);
        Assert.Equal(message.Bytes.Length, message.Info.Size);
        Assert.DoesNotContain("\\Seen", message.Info.Flags);
        Assert.InRange((DateTimeOffset.UtcNow - message.Info.Received!.Value).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("\\Seen", Assert.Single(await AllAsync(imap, 1)).Info.Flags);
        await imap.LogoutAsync(Ct);
        Assert.False(imap.IsUsable);
    }

    [Fact]
    public async Task New_mail_is_pushed_within_a_moment_and_only_new_mail_is_fetched()
    {
        await Server.DeliverAsync("push", Mail("old", "x"), Ct);
        await using var imap = await OpenAsync("push");
        var inbox = await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var waiting = imap.IdleAsync(Ct);
        await Server.DeliverAsync("push", Mail("new", "x"), Ct);
        var changes = await waiting.WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.True(changes.HasFlag(ImapChanges.NewMessages));
        var message = Assert.Single(await AllAsync(imap, inbox.UidNext));
        Assert.Contains("Subject: new", Encoding.UTF8.GetString(message.Bytes), StringComparison.Ordinal);
        Assert.Equal(2u, imap.Exists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_fetched_in_windows_by_UID_with_ESEARCH_and_without(bool withEsearch)
    {
        var user = $"windows-{withEsearch}".ToLowerInvariant();
        for (var i = 1; i <= 7; i++)
        {
            await Server.DeliverAsync(user, Mail($"m{i}", new string('x', 2000)), Ct);
        }

        var trace = new List<string>();
        await using var imap = await OpenAsync(user, options: o => o with { WindowMessages = 3, WindowBytes = 5000, Trace = trace.Add });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await imap.MoveAsync([4], "已归档", Ct);
        Assert.True(imap.Capabilities.Has("ESEARCH"));
        if (!withEsearch)
        {
            imap.Forget("ESEARCH");
        }

        var messages = await AllAsync(imap, 2);

        Assert.Equal([2u, 3u, 5u, 6u, 7u], messages.Select(message => message.Info.Uid));
        Assert.All(messages, message => Assert.Contains($"Subject: m{message.Info.Uid}\r\n", Encoding.UTF8.GetString(message.Bytes), StringComparison.Ordinal));
        var asked = trace.Where(line => line.StartsWith("C: ", StringComparison.Ordinal) && (line.Contains(" UID SEARCH", StringComparison.Ordinal) || line.Contains(" UID FETCH", StringComparison.Ordinal)))
            .Select(line => line[line.IndexOf("UID ", StringComparison.Ordinal)..].TrimEnd()).ToList();
        Assert.Equal(
            [
                withEsearch ? "UID SEARCH RETURN (ALL) UID 2:*" : "UID SEARCH UID 2:*",
                "UID FETCH 2:3,5 (UID FLAGS INTERNALDATE RFC822.SIZE)", "UID FETCH 2:3 (UID BODY.PEEK[])", "UID FETCH 5 (UID BODY.PEEK[])",
                "UID FETCH 6:7 (UID FLAGS INTERNALDATE RFC822.SIZE)", "UID FETCH 6:7 (UID BODY.PEEK[])",
            ],
            asked);
    }

    [Fact]
    public async Task Leaving_IDLE_keeps_the_connection_and_renewing_it_goes_unnoticed()
    {
        var trace = new List<string>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var imap = await OpenAsync("leave", options: o => o with { IdleRenewal = TimeSpan.FromMilliseconds(100), Trace = Watch });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => imap.IdleAsync(enough.Token));

        Assert.True(imap.IsUsable);
        Assert.Equal(ImapChanges.None, await imap.NoopAsync(Ct));
        Assert.DoesNotContain(trace, line => line.Contains(DovecotServer.Password, StringComparison.Ordinal));

        // Left after the second renewal, however long a busy machine takes for it.
        void Watch(string line)
        {
            trace.Add(line);
            if (trace.Count(said => said.EndsWith(" IDLE", StringComparison.Ordinal)) == 3)
            {
                enough.CancelAfter(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    [Fact]
    public async Task News_that_came_before_IDLE_is_not_lost()
    {
        await using var imap = await OpenAsync("before");
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await Server.DeliverAsync("before", Mail("x", "x"), Ct);
        await imap.SearchUidsAsync(1, Ct); // the server tells EXISTS along with this

        Assert.True((await imap.IdleAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct)).HasFlag(ImapChanges.NewMessages));
    }

    [Fact]
    public async Task Without_IDLE_the_mailbox_is_polled()
    {
        await using var imap = await OpenAsync("poll", options: o => o with { PollInterval = TimeSpan.FromMilliseconds(50) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        imap.Forget("IDLE");

        var waiting = imap.IdleAsync(Ct);
        await Server.DeliverAsync("poll", Mail("x", "x"), Ct);

        Assert.True((await waiting.WaitAsync(TimeSpan.FromSeconds(20), Ct)).HasFlag(ImapChanges.NewMessages));
    }

    [Fact]
    public async Task Mailboxes_are_listed_with_their_use_and_their_Chinese_names()
    {
        await using var imap = await OpenAsync("list");
        await imap.CreateAsync("客户/订单 & 退款", Ct);

        var mailboxes = await imap.ListAsync(Ct);

        Assert.Equal(ImapMailboxUse.Sent, mailboxes.Single(m => m.Name == "Sent").Use);
        Assert.Equal(ImapMailboxUse.Junk, mailboxes.Single(m => m.Name == "Junk").Use);
        var archive = mailboxes.Single(m => m.Name == "已归档");
        Assert.Equal((ImapMailboxUse.Archive, false), (archive.Use, archive.UseIsGuessed));
        Assert.Equal(ImapMailboxUse.Inbox, mailboxes.Single(m => m.Name == "INBOX").Use);
        Assert.Equal('/', archive.Separator);
        Assert.Contains(mailboxes, m => m.Name == "客户/订单 & 退款");
        Assert.Equal("客户/订单 & 退款", (await imap.SelectAsync("客户/订单 & 退款", readOnly: true, Ct)).Name);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_named_as_missing_and_the_connection_goes_on()
    {
        await using var imap = await OpenAsync("missing");

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.SelectAsync("没有", readOnly: false, Ct));

        Assert.Equal(MailConnectionReason.MailboxMissing, failure.Reason);
        Assert.NotEmpty(failure.ServerWords!);
        Assert.True(imap.IsUsable);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Moving_works_with_MOVE_and_without(bool withMove)
    {
        var user = $"move-{withMove}".ToLowerInvariant();
        for (var i = 0; i < 3; i++)
        {
            await Server.DeliverAsync(user, Mail($"m{i}", "x"), Ct);
        }

        await using var imap = await OpenAsync(user);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        if (!withMove)
        {
            imap.Forget("MOVE");
        }

        var moved = await imap.MoveAsync([1, 3], "已归档", Ct);

        Assert.True(moved.SourceRemoved);
        Assert.Equal([1u, 3u], moved.NewUids.Keys.Order());
        Assert.Equal([2u], await imap.SearchUidsAsync(1, Ct));
        Assert.Equal(1u, imap.Exists);
        await imap.SelectAsync("已归档", readOnly: false, Ct);
        Assert.Equal(moved.NewUids.Values.Order(), await imap.SearchUidsAsync(1, Ct));
    }

    [Fact]
    public async Task Without_UIDPLUS_nothing_else_that_is_deleted_is_taken_along()
    {
        await Server.DeliverAsync("noplus", Mail("a", "x"), Ct);
        await Server.DeliverAsync("noplus", Mail("b", "x"), Ct);
        await using var imap = await OpenAsync("noplus");
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await imap.StoreFlagsAsync([2], ImapFlagChange.Add, ["\\Deleted"], Ct);
        imap.Forget("MOVE", "UIDPLUS");

        var moved = await imap.MoveAsync([1], "Junk", Ct);

        Assert.False(moved.SourceRemoved);
        Assert.Equal([1u, 2u], await imap.SearchUidsAsync(1, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_appended_with_literals_of_either_kind(bool withLiteralPlus)
    {
        var user = $"append-{withLiteralPlus}".ToLowerInvariant();
        await using var imap = await OpenAsync(user);
        if (!withLiteralPlus)
        {
            imap.Forget("LITERAL+", "LITERAL-");
        }

        var mail = Encoding.UTF8.GetBytes(Mail("回复", new string('x', 100_000)).ReplaceLineEndings("\r\n"));
        var received = new DateTimeOffset(2025, 2, 3, 4, 5, 6, TimeSpan.FromHours(8));
        var uid = await imap.AppendAsync("Sent", new MemoryStream(mail), ["\\Seen"], received, Ct);

        await imap.SelectAsync("Sent", readOnly: true, Ct);
        var message = Assert.Single(await AllAsync(imap, 1));
        Assert.Equal(uid, message.Info.Uid);
        Assert.Equal(mail, message.Bytes);
        Assert.Equal(received, message.Info.Received);
        Assert.Contains("\\Seen", message.Info.Flags);
        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AppendAsync("nowhere", new MemoryStream(mail), [], null, Ct));
        Assert.Equal(MailConnectionReason.MailboxMissing, failure.Reason);
        await imap.NoopAsync(Ct);
    }

    [Fact]
    public async Task Changes_since_a_point_tell_flags_and_what_vanished()
    {
        for (var i = 0; i < 4; i++)
        {
            await Server.DeliverAsync("changes", Mail($"m{i}", "x"), Ct);
        }

        await using var imap = await OpenAsync("changes");
        var before = await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await using (var other = await OpenAsync("changes"))
        {
            await other.SelectAsync("INBOX", readOnly: false, Ct);
            await other.StoreFlagsAsync([2], ImapFlagChange.Add, ["\\Flagged", "$Desk"], Ct);
            await other.MoveAsync([3], "Junk", Ct);
        }

        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        var changes = await imap.ChangesSinceAsync(before.HighestModSeq!.Value, Ct);

        var changed = Assert.Single(changes.Changed);
        Assert.Equal(2u, changed.Uid);
        Assert.Contains("$Desk", changed.Flags);
        Assert.Equal([3u], changes.Vanished!);
    }

    [Fact]
    public async Task A_new_UIDVALIDITY_is_seen()
    {
        await Server.DeliverAsync("validity", Mail("x", "x"), Ct);
        await using var imap = await OpenAsync("validity");
        var before = await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await imap.LogoutAsync(Ct);
        // What an administrator does who restores a mailbox: the index and the list of UIDs are lost, so every UID is dealt anew.
        foreach (var file in Directory.GetFiles(Server.MailFolder("validity"), "dovecot*"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(Path.Combine(Server.MailFolder("validity"), "dovecot-uidlist"), $"3 V{before.UidValidity + 7} N1 G0123456789abcdef0123456789abcdef\n", Ct);
        await using var again = await OpenAsync("validity");
        var after = await again.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.NotEqual(before.UidValidity, after.UidValidity);
        Assert.Single(await AllAsync(again, 1));
    }

    [Fact]
    public async Task Messages_removed_by_another_client_during_a_fetch_are_left_out()
    {
        for (var i = 0; i < 6; i++)
        {
            await Server.DeliverAsync("expunge", Mail($"m{i}", "x"), Ct);
        }

        await using var imap = await OpenAsync("expunge", options: o => o with { WindowMessages = 2 });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await using var other = await OpenAsync("expunge");
        await other.SelectAsync("INBOX", readOnly: false, Ct);

        var seen = new List<uint>();
        await foreach (var message in imap.FetchAsync(1, null, Ct))
        {
            using (message)
            {
                seen.Add(message.Uid);
                if (message.Uid == 1)
                {
                    await other.MoveAsync([3, 4, 6], "Junk", Ct);
                }
            }
        }

        Assert.Equal([1u, 2u, 5u], seen);
        Assert.True((await imap.NoopAsync(Ct)).HasFlag(ImapChanges.Removed) || imap.Exists == 3);
        Assert.Equal(3u, imap.Exists);
    }

    [Fact]
    public async Task A_large_message_waits_in_a_file_and_one_that_is_too_large_comes_without_content()
    {
        await Server.DeliverAsync("large", Mail("small", "x"), Ct);
        await Server.DeliverAsync("large", Mail("large", string.Concat(Enumerable.Repeat(new string('x', 70) + "\n", 5000))), Ct);
        await Server.DeliverAsync("large", Mail("huge", string.Concat(Enumerable.Repeat(new string('x', 70) + "\n", 20000))), Ct);
        await using var imap = await OpenAsync("large", options: o => o with { SpoolThreshold = 100_000, MaxMessageSize = 1_000_000 });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var messages = new List<(bool? Spooled, ImapContentState State)>();
        await foreach (var message in imap.FetchAsync(1, null, Ct))
        {
            using (message)
            {
                messages.Add((message.Content?.IsSpooled, message.State));
                if (message.Content is { } content)
                {
                    Assert.Equal(message.Size, (await content.ToArrayAsync(Ct)).Length);
                }
            }
        }

        Assert.Equal([(false, ImapContentState.Present), (true, ImapContentState.Present), (null, ImapContentState.TooLarge)], messages);
    }

    [Fact]
    public async Task A_wrong_password_is_told_apart_and_another_try_is_possible()
    {
        await using var imap = await ImapConnection.ConnectAsync(Options("wrong") with { Credentials = MailCredentials.Password("wrong", "bad") }, Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AuthenticateAsync(Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
        Assert.Contains("Authentication failed", failure.ServerWords, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("密码 with \"quotes\" and \\")]
    [InlineData("line\r\nbreak")]
    public async Task Odd_passwords_travel_in_LOGIN_without_breaking_out(string password)
    {
        await using var imap = await ImapConnection.ConnectAsync(Options("odd") with { Credentials = MailCredentials.Password("odd", password) }, Ct);
        imap.Forget("AUTH=PLAIN");

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AuthenticateAsync(Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
    }

    private static string Mail(string subject, string body) => $"From: Customer <customer@example.org>\nTo: desk@example.com\nSubject: {subject}\n\n{body}\n";

    private ImapOptions Options(string user, ConnectionSecurity security = ConnectionSecurity.ImplicitTls) => new()
    {
        Host = "localhost",
        Port = security == ConnectionSecurity.ImplicitTls ? Server.ImapsPort : Server.ImapPort,
        Security = security,
        TrustedCertificates = [Server.Authority],
        Credentials = MailCredentials.Password(user, DovecotServer.Password),
        CommandTimeout = TimeSpan.FromSeconds(20),
    };

    private async Task<ImapConnection> OpenAsync(
        string user, ConnectionSecurity security = ConnectionSecurity.ImplicitTls, Func<ImapOptions, ImapOptions>? options = null)
    {
        var chosen = Options(user, security);
        var imap = await ImapConnection.ConnectAsync(options is null ? chosen : options(chosen), Ct);
        await imap.AuthenticateAsync(Ct);
        return imap;
    }

    private static async Task<List<(ImapMessage Info, byte[] Bytes)>> AllAsync(ImapConnection imap, uint first)
    {
        var all = new List<(ImapMessage, byte[])>();
        await foreach (var message in imap.FetchAsync(first, null, Ct))
        {
            using (message)
            {
                all.Add((message, await message.Content!.ToArrayAsync(Ct)));
            }
        }

        return all;
    }
}
