using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapMailboxesAgainstDovecotTests(DovecotFixture fixture) : AgainstDovecot(fixture)
{
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
    public async Task What_came_since_a_day_is_found_by_the_servers_date(bool withExtendedSearch)
    {
        var user = $"since-{withExtendedSearch}".ToLowerInvariant();
        await using var imap = await OpenAsync(user);
        if (!withExtendedSearch)
        {
            imap.Forget("ESEARCH");
        }

        foreach (var day in new[] { 3, 4, 9 })
        {
            await imap.AppendAsync("INBOX", new MemoryStream(Encoding.UTF8.GetBytes(Mail($"m{day}", "x").ReplaceLineEndings("\r\n"))), [], new DateTimeOffset(2025, 2, day, 12, 0, 0, TimeSpan.Zero), Ct);
        }

        await imap.SelectAsync("INBOX", readOnly: true, Ct);
        Assert.Equal([2u, 3u], await imap.SearchUidsReceivedSinceAsync(new DateOnly(2025, 2, 4), Ct));
        Assert.Empty(await imap.SearchUidsReceivedSinceAsync(new DateOnly(2025, 2, 10), Ct));
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
}
