using System.Text;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>Raw mails as customers and strangers would send them, and short ways to hand them in.</summary>
internal static class Mails
{
    public const string Desk = "hi@driftnote.app";
    public const string Lin = "lin@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One mail. <paramref name="headers"/> are further lines of the header.</summary>
    public static string Of(string from = $"林晓棠 <{Lin}>", string subject = "导出失败", string body = "点导出没有反应。", string? id = "<first@example.com>",
        string? date = "Mon, 05 Jan 2026 09:00:00 +0800", string to = Desk, params string[] headers)
    {
        var text = new StringBuilder();
        text.Append("From: ").Append(from).Append("\r\nTo: ").Append(to).Append("\r\nSubject: ").Append(subject).Append("\r\n");
        if (id is not null)
        {
            text.Append("Message-ID: ").Append(id).Append("\r\n");
        }

        if (date is not null)
        {
            text.Append("Date: ").Append(date).Append("\r\n");
        }

        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        return text.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").Append(body).Append("\r\n").ToString();
    }

    public static async Task<FiledMail> ReceiveAsync(this DeskApp desk, string raw, Guid? mailbox = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(raw));
        return await desk.Get<ReceiveMail>().RunAsync(ReceiveMail.Seen.Piped(mailbox), stream, Ct);
    }

    /// <summary>As a fetch from a mailbox shows it.</summary>
    public static async Task<FiledMail> FetchAsync(this DeskApp desk, string raw, Guid mailbox, long uid, long uidValidity = 7)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(raw));
        return await desk.Get<ReceiveMail>().RunAsync(new ReceiveMail.Seen(mailbox, uidValidity, uid), stream, Ct);
    }

    /// <summary>A mailbox whose servers are never called: nothing fetches from it, and what it should send stays queued.</summary>
    public static async Task<Guid> AddMailboxAsync(this DeskApp desk, string address = Desk, Action<Mailbox>? change = null)
    {
        var mailbox = new Mailbox
        {
            Id = Guid.CreateVersion7(),
            Address = address,
            SenderName = "漂流笔记",
            SmtpHost = "smtp.invalid",
            ImapHost = "",
            UserName = address,
            Secret = desk.Get<MailAccess>().Protect("secret"),
            UidValidity = 7,
            CreatedAt = desk.Clock.GetUtcNow(),
        };
        change?.Invoke(mailbox);
        await desk.ReadAsync(async db =>
        {
            db.Add(mailbox);
            return await db.SaveChangesAsync(Ct);
        });
        return mailbox.Id;
    }

    public static Task<Ticket> TicketAsync(this DeskApp desk, Guid? id) => desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == id, Ct));

    public static Task<List<Message>> MessagesAsync(this DeskApp desk, Guid? ticket)
        => desk.ReadAsync(db => db.Set<Message>().AsNoTracking().Include(m => m.Attachments).Where(m => m.TicketId == ticket).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(Ct));

    public static Task<List<TicketEventKind>> EventsAsync(this DeskApp desk, Guid? ticket)
        => desk.ReadAsync(db => db.Set<TicketEvent>().Where(e => e.TicketId == ticket).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync(Ct));

    public static Task<int> TicketCountAsync(this DeskApp desk) => desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct));

    /// <summary>Answers a ticket and gives back the message with the id that its mail will carry.</summary>
    public static async Task<Message> AnswerAsync(this DeskApp desk, Guid? ticket, string words = "已经修好了，再试一次。")
    {
        var replied = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket!.Value, words, Internal: false), Ct);
        Assert.True(replied.Ok);
        return await desk.ReadAsync(db => db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == replied.Value, Ct));
    }
}
