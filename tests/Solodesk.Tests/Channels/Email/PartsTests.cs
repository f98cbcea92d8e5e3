using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>A mail that was sent in several parts (message/partial): it is filed once, whole, and nothing of it is lost when a part never comes.</summary>
public sealed class PartsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_wait_in_the_ledger_and_are_filed_once_together()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();

        var second = await desk.FetchAsync(Part(2, "里有三百行，最后一行出错。"), mailbox, uid: 1);
        Assert.Equal(MailOutcome.Part, second.Outcome);
        Assert.Equal(0, await desk.TicketCountAsync());
        Assert.Equal("Part 2/3", (await RowsAsync(desk)).Single().Problem);

        Assert.Equal(MailOutcome.Part, (await desk.FetchAsync(Part(1, "您好，导出的表格"), mailbox, uid: 2)).Outcome);
        var whole = await desk.FetchAsync(Part(3, "请帮忙看看。"), mailbox, uid: 3);

        Assert.Equal(MailOutcome.Created, whole.Outcome);
        Assert.Equal(1, await desk.TicketCountAsync());
        Assert.Equal("导出的表格有错", (await desk.TicketAsync(whole.TicketId)).Subject);
        var message = Assert.Single(await desk.MessagesAsync(whole.TicketId), m => m.Kind == MessageKind.Inbound);
        Assert.Contains("您好，导出的表格", message.Body, StringComparison.Ordinal);
        Assert.Contains("请帮忙看看。", message.Body, StringComparison.Ordinal);
        var rows = await RowsAsync(desk);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(whole.TicketNumber, row.TicketNumber));
        Assert.All(rows, row => Assert.NotNull(row.FiledAt));
        Assert.All(rows.Where(row => row.Outcome == MailOutcome.Part), row => Assert.Null(row.Problem));
    }

    [Fact]
    public async Task Parts_that_come_again_or_all_at_once_make_one_ticket()
    {
        await using var desk = new DeskApp();
        var (one, two) = (await desk.AddMailboxAsync(), await desk.AddMailboxAsync("hello@driftnote.app"));

        await desk.FetchAsync(Part(1, "一"), one, uid: 1);
        await desk.FetchAsync(Part(1, "一"), two, uid: 1);
        await Task.WhenAll(desk.FetchAsync(Part(2, "二"), one, uid: 2), desk.FetchAsync(Part(3, "三"), one, uid: 3));
        await JobAsync(desk);

        Assert.Equal(1, await desk.TicketCountAsync());
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Kind == MessageKind.Inbound, Ct)));
        Assert.DoesNotContain(await RowsAsync(desk), row => row.FiledAt is null);
    }

    [Fact]
    public async Task A_part_that_another_sender_slips_in_is_not_taken()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Part(1, "一"));
        await desk.ReceiveAsync(Part(2, "二"));

        Assert.Equal(MailOutcome.Part, (await desk.ReceiveAsync(Part(3, "坏", from: "Eve <eve@example.net>"))).Outcome);
        Assert.Equal(0, await desk.TicketCountAsync());
        Assert.Equal(MailOutcome.Created, (await desk.ReceiveAsync(Part(3, "三"))).Outcome);
    }

    [Fact]
    public async Task Parts_whose_others_never_come_are_filed_as_they_stand_after_a_week()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Part(1, "只有第一段"));

        desk.Clock.Advance(TimeSpan.FromDays(6));
        await JobAsync(desk);
        Assert.Equal(0, await desk.TicketCountAsync());

        desk.Clock.Advance(TimeSpan.FromDays(2));
        await JobAsync(desk);
        await JobAsync(desk);

        var row = Assert.Single(await RowsAsync(desk));
        Assert.Equal(MailOutcome.Created, row.Outcome);
        var message = Assert.Single(await desk.MessagesAsync(row.TicketId), m => m.Kind == MessageKind.Inbound);
        Assert.Single(message.Attachments);
    }

    [Fact]
    public async Task A_waiting_part_can_be_made_a_ticket_from_the_ledger()
    {
        await using var desk = new DeskApp();
        var part = await desk.ReceiveAsync(Part(1, "等不及了"));

        Assert.Contains((await desk.Get<ListMail>().RunAsync(new(MailOutcome.Part, null), Ct)).Items, row => row.CanRunAgain);
        var filed = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, part.Id, Ct);

        Assert.Equal(MailOutcome.Created, filed.Value.Outcome);
        Assert.Equal(1, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task Parts_that_were_complete_when_the_desk_stopped_are_joined_later()
    {
        await using var desk = new DeskApp();
        foreach (var number in (int[])[1, 2, 3])
        {
            using var raw = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Part(number, $"第{number}段")));
            var (id, _) = await desk.Get<ReceiveMail>().StoreAsync(ReceiveMail.Seen.Piped(null), raw, Ct);
            await desk.Get<FileMail>().RunAsync(id, Ct); // marked, and then the process died
        }

        Assert.Equal(0, await desk.TicketCountAsync());
        await JobAsync(desk);
        Assert.Equal(1, await desk.TicketCountAsync());
    }

    private static string Part(int number, string words, string from = $"林晓棠 <{Mails.Lin}>")
    {
        var head = number == 1 ? "Message-ID: <whole@example.com>\r\nSubject: 导出的表格有错\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" : "";
        return $"From: {from}\r\nTo: {Mails.Desk}\r\nSubject: 导出的表格有错 ({number}/3)\r\nMessage-ID: <part{number}@example.com>\r\nDate: Mon, 05 Jan 2026 09:00:0{number} +0800\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: message/partial; id=\"abc@example.com\"; number={number}; total=3\r\n\r\n{head}{words}\r\n";
    }

    private static Task JobAsync(DeskApp desk)
        => new FileWaitingParts(desk.Get<IDbContextFactory<Data.DeskDb>>(), desk.Get<JoinParts>(), desk.Get<FileMail>(), desk.Clock).RunAsync(Ct);

    private static Task<List<IncomingMail>> RowsAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<IncomingMail>().AsNoTracking().OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).ToListAsync(Ct));
}
