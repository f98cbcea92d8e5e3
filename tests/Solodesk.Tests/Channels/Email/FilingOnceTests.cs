using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>One mail, one message: whatever is repeated, and wherever a try breaks off.</summary>
public sealed class FilingOnceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_was_stored_and_not_filed_is_filed_later()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        using var raw = new MemoryStream(Encoding.UTF8.GetBytes(Mails.Of()));
        var (row, _) = await desk.Get<ReceiveMail>().StoreAsync(new(mailbox, 7, 1), raw, Ct);
        Assert.Equal(0, await desk.TicketCountAsync());

        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await new FileWaitingMail(desk.Get<IDbContextFactory<Data.DeskDb>>(), desk.Get<Data.IDatabase>(), desk.Get<FileMail>(), desk.Clock).RunAsync(Ct);

        Assert.Equal(1, await desk.TicketCountAsync());
        Assert.Equal(MailOutcome.Created, await OutcomeAsync(desk, row));
    }

    [Fact]
    public async Task A_fetch_that_is_repeated_after_a_crash_finds_its_line_and_files_once()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        using (var raw = new MemoryStream(Encoding.UTF8.GetBytes(Mails.Of())))
        {
            await desk.Get<ReceiveMail>().StoreAsync(new(mailbox, 7, 1), raw, Ct); // and then the process died
        }

        await desk.FetchAsync(Mails.Of(), mailbox, uid: 1);
        await desk.FetchAsync(Mails.Of(), mailbox, uid: 1);

        Assert.Equal(1, await desk.TicketCountAsync());
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<IncomingMail>().CountAsync(Ct)));
    }

    [Fact]
    public async Task The_cursor_moves_only_with_the_line_that_keeps_the_mail()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();

        await desk.FetchAsync(Mails.Of(), mailbox, uid: 5);
        await desk.FetchAsync(Mails.Of(id: "<b@x>"), mailbox, uid: 3);

        Assert.Equal(5, await desk.ReadAsync(db => db.Set<Mailbox>().Where(m => m.Id == mailbox).Select(m => m.LastUid).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_mailbox_that_was_renumbered_brings_nothing_twice()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        await desk.FetchAsync(Mails.Of(), mailbox, uid: 1);
        await desk.FetchAsync(Mails.Of(id: null, date: null, body: "没有编号的信"), mailbox, uid: 2);

        var again = await desk.FetchAsync(Mails.Of(), mailbox, uid: 101, uidValidity: 8);
        var nameless = await desk.FetchAsync(Mails.Of(id: null, date: null, body: "没有编号的信"), mailbox, uid: 102, uidValidity: 8);

        Assert.Equal(MailOutcome.Duplicate, again.Outcome);
        Assert.Equal(MailOutcome.Duplicate, nameless.Outcome);
        Assert.Equal(2, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task The_same_mail_in_two_mailboxes_is_one_ticket()
    {
        await using var desk = new DeskApp();
        var (one, two) = (await desk.AddMailboxAsync(), await desk.AddMailboxAsync("hello@driftnote.app"));

        var first = await desk.FetchAsync("Received: from a by b; Mon, 05 Jan 2026 09:00:01 +0800\r\n" + Mails.Of(), one, uid: 1);
        var second = await desk.FetchAsync("Received: from a by c; Mon, 05 Jan 2026 09:00:02 +0800\r\n" + Mails.Of(), two, uid: 1);

        Assert.Equal(MailOutcome.Duplicate, second.Outcome);
        Assert.Equal(first.TicketId, second.TicketId);
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal(1, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task A_broken_sender_who_reuses_one_id_loses_no_mail()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Mails.Of(body: "第一封"));

        var other = await desk.ReceiveAsync(Mails.Of(body: "第二封，内容不同"));
        var same = await desk.ReceiveAsync(Mails.Of(body: "第一封") + "\r\n");

        Assert.Equal(MailOutcome.Created, other.Outcome);
        Assert.Equal(MailOutcome.Duplicate, same.Outcome);
        Assert.Equal(2, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task Two_equal_words_without_an_id_at_different_times_are_two_mails()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Mails.Of(id: null, date: "Mon, 05 Jan 2026 09:00:00 +0800", body: "在吗"));
        var later = await desk.ReceiveAsync(Mails.Of(id: null, date: "Mon, 05 Jan 2026 10:00:00 +0800", body: "在吗"));

        Assert.Equal(MailOutcome.Created, later.Outcome);
    }

    [Fact]
    public async Task Copies_that_arrive_at_the_same_moment_are_filed_once()
    {
        await using var desk = new DeskApp();
        var boxes = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            boxes.Add(await desk.AddMailboxAsync($"box{i}@driftnote.app"));
        }

        var filed = await Task.WhenAll(boxes.Select((box, i) => desk.FetchAsync($"Received: by {i}\r\n" + Mails.Of(), box, uid: 1)));

        Assert.Equal(1, await desk.TicketCountAsync());
        Assert.Single(filed, f => f.Outcome == MailOutcome.Created);
        Assert.Equal(5, filed.Count(f => f.Outcome == MailOutcome.Duplicate));
    }

    [Fact]
    public async Task One_stored_mail_filed_by_many_at_once_is_filed_once()
    {
        await using var desk = new DeskApp();
        using var raw = new MemoryStream(Encoding.UTF8.GetBytes(Mails.Of()));
        var (row, _) = await desk.Get<ReceiveMail>().StoreAsync(ReceiveMail.Seen.Piped(null), raw, Ct);

        var filed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => desk.Get<FileMail>().RunAsync(row, Ct), Ct)));

        Assert.Single(filed, f => f.Now);
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Kind == MessageKind.Inbound, Ct)));
    }

    [Fact]
    public async Task First_mails_of_one_new_sender_at_the_same_moment_make_one_customer()
    {
        await using var desk = new DeskApp();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => desk.ReceiveAsync(Mails.Of(id: $"<n{i}@example.com>", body: $"第 {i} 封")), Ct)));

        Assert.Equal(6, await desk.TicketCountAsync());
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_mail_whose_file_is_gone_fails_with_its_reason_and_can_run_again()
    {
        await using var desk = new DeskApp();
        using var raw = new MemoryStream(Encoding.UTF8.GetBytes(Mails.Of()));
        var (row, _) = await desk.Get<ReceiveMail>().StoreAsync(ReceiveMail.Seen.Piped(null), raw, Ct);
        var sha = await desk.ReadAsync(db => db.Set<IncomingMail>().Where(m => m.Id == row).Select(m => m.Sha256).SingleAsync(Ct));
        var file = Path.Combine(desk.Folder, "files", sha[..2], sha[2..4], sha);
        File.Move(file, file + ".away");

        var failed = await desk.Get<FileMail>().RunAsync(row, Ct);
        Assert.Equal(MailOutcome.Failed, failed.Outcome);
        Assert.StartsWith(MailProblems.Fault, failed.Problem, StringComparison.Ordinal);

        File.Move(file + ".away", file);
        var again = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, row, Ct);
        Assert.Equal(MailOutcome.Created, again.Value.Outcome);
    }

    private static Task<MailOutcome> OutcomeAsync(DeskApp desk, Guid row) => desk.ReadAsync(db => db.Set<IncomingMail>().Where(m => m.Id == row).Select(m => m.Outcome).SingleAsync(Ct));
}
