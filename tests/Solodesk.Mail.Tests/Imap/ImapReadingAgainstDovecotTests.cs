using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapReadingAgainstDovecotTests(DovecotFixture fixture) : AgainstDovecot(fixture)
{
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
}
