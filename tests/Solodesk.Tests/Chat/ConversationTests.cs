using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Talk;
using Solodesk.Customers;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tickets;

namespace Solodesk.Tests.Chat;

/// <summary>What a visitor says is a ticket, each word once and in order, and what the founder answers reaches them.</summary>
public sealed class ConversationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_words_open_a_ticket_and_the_next_ones_go_into_it()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);

        var first = await widget.SayAsync("漂流本 01 什么时候补货？");
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await widget.SayAsync("想买 5 本");

        Assert.Equal((1, 2), (first.GetProperty("seq").GetInt64(), second.GetProperty("seq").GetInt64()));
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal(("chat", "漂流本 01 什么时候补货？", 2, TicketStatus.New), (ticket.Channel, ticket.Subject, ticket.MessageCount, ticket.Status));
        Assert.Equal(["漂流本 01 什么时候补货？", "想买 5 本"], (await desk.MessagesAsync(ticket.Id)).Select(m => m.Body));
        var line = await widget.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.GetProperty("seq").GetInt64() == 2);
        Assert.Equal("想买 5 本", line.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_comes_twice_is_taken_once_whichever_connection_brings_it()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await using var other = await TestWidget.OpenAsync(desk, widget);
        var id = Guid.CreateVersion7().ToString("N");

        var answers = await Task.WhenAll(widget.SayAsync("只说一次", id), other.SayAsync("只说一次", id), widget.SayAsync("只说一次", id));

        Assert.All(answers, a => Assert.Equal(1, a.GetProperty("seq").GetInt64()));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Message>().CountAsync(Ct)));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Another_visitor_with_the_same_id_is_not_the_same()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await using var stranger = await TestWidget.OpenAsync(desk);

        await widget.SayAsync("一", "aaaaaaaaaaaa");
        await stranger.SayAsync("二", "aaaaaaaaaaaa");

        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_widget_that_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("在吗");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        await widget.LineAsync("visitor");
        await widget.DisposeAsync();
        await ReplyAsync(desk, ticket.Id, "在的");
        await ReplyAsync(desk, ticket.Id, "请讲");

        await using var again = await TestWidget.OpenAsync(desk, widget, after: 1);
        await again.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.GetProperty("seq").GetInt64() == 4);

        Assert.Equal(["joined", "agent", "agent"], again.Lines.Select(l => l.GetProperty("kind").GetString()));
        Assert.Equal([2L, 3L, 4L], again.Lines.Select(l => l.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task The_founders_reply_arrives_at_once_and_reading_it_calls_the_mail_off()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await desk.AddMailboxAsync();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SendAsync(new { t = "address", id = "address1", email = "lin@example.com", name = "林晓棠" });
        await widget.SayAsync("发票呢");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));

        await ReplyAsync(desk, ticket.Id, "**今天**开好");
        var line = await widget.LineAsync("agent");
        Assert.Equal("周野", line.GetProperty("name").GetString());
        Assert.Equal("""[["p",[["strong",["今天"]],"开好"]]]""", line.GetProperty("body").GetRawText());

        await widget.SendAsync(new { t = "read", seq = line.GetProperty("seq").GetInt64() });
        await widget.SendAsync(new { t = "p" });
        await widget.UntilAsync("p");
        await desk.Get<ReadMarks>().FlushAsync(Ct);
        await widget.DisposeAsync();
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Get<MailTheUnread>().RunAsync(Ct);

        Assert.Equal(0, await desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Whose_page_lies_open_unread_gets_the_answer_by_mail_after_a_while()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await desk.AddMailboxAsync();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("补货了告诉我");
        await widget.SendAsync(new { t = "address", id = "address1", email = Mails.Lin, name = "林晓棠" });
        await widget.UntilAsync("ok");
        await ReplyAsync(desk, (await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct))).Id, "补货了");
        await widget.LineAsync("agent");

        desk.Clock.Advance(TimeSpan.FromMinutes(20));
        await desk.Get<MailTheUnread>().RunAsync(Ct);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(Ct)));

        desk.Clock.Advance(TimeSpan.FromMinutes(20));
        await desk.Get<MailTheUnread>().RunAsync(Ct);
        Assert.Equal([Mails.Lin], (await desk.ReadAsync(db => db.Set<OutgoingMail>().SingleAsync(Ct))).Recipients);
    }

    [Fact]
    public async Task Who_has_left_gets_the_answer_by_mail_and_what_they_answer_comes_back_to_the_same_ticket()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await desk.AddMailboxAsync();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("补货了告诉我");
        await widget.SendAsync(new { t = "address", id = "address1", email = Mails.Lin, name = "林晓棠" });
        await widget.UntilAsync("ok");
        await widget.DisposeAsync();
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        await ReplyAsync(desk, ticket.Id, "补货了");

        await desk.Get<MailTheUnread>().RunAsync(Ct);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(Ct)));
        await WhenLeftAsync(desk, widget);
        await desk.Get<MailTheUnread>().RunAsync(Ct);
        await desk.Get<MailTheUnread>().RunAsync(Ct);

        var mail = await desk.ReadAsync(db => db.Set<OutgoingMail>().SingleAsync(Ct));
        Assert.Equal([Mails.Lin], mail.Recipients);
        var ours = (await desk.MessagesAsync(ticket.Id)).Single(m => m.Id == mail.MessageId);
        var reply = await desk.ReceiveAsync(Mails.Of(body: "太好了，要 5 本", id: "<back@example.com>", headers: $"In-Reply-To: <{ours.InternetId}>"));
        Assert.Equal(ticket.Id, reply.TicketId);

        await using var again = await TestWidget.OpenAsync(desk, widget);
        var line = await again.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.TryGetProperty("mail", out var byMail) && byMail.GetBoolean());
        Assert.Equal("太好了，要 5 本", line.GetProperty("text").GetString()!.Trim());
    }

    [Fact]
    public async Task An_address_makes_a_nameless_visitor_a_customer()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk, lang: "en");
        await widget.SayAsync("When is notebook 01 back?");
        var before = await desk.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct));
        Assert.StartsWith("Visitor ", before.Name, StringComparison.Ordinal);

        await widget.SendAsync(new { t = "address", id = "bad-address", email = "lin@", name = "" });
        Assert.Equal("chat.email", (await widget.UntilAsync("no")).GetProperty("code").GetString());
        await widget.SendAsync(new { t = "address", id = "address1", email = "Lin@Example.com", name = "Lin" });
        await widget.UntilAsync(f => f.GetProperty("t").GetString() == "ok" && f.GetProperty("id").GetString() == "address1");

        var after = await desk.ReadAsync(db => db.Set<Customer>().Include(c => c.Addresses).SingleAsync(Ct));
        Assert.Equal("Lin", after.Name);
        Assert.Contains(after.Addresses, a => a is { Kind: AddressKind.Email, Normal: "lin@example.com", Primary: true });
    }

    [Fact]
    public async Task An_address_that_is_a_customers_puts_the_ticket_under_that_customer()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await desk.AddMailboxAsync();
        await desk.ReceiveAsync(Mails.Of());
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("又是我");
        await widget.SendAsync(new { t = "address", id = "address1", email = Mails.Lin });
        await widget.UntilAsync(f => f.GetProperty("t").GetString() == "ok" && f.GetProperty("id").GetString() == "address1");

        var lin = await desk.ReadAsync(db => db.Set<CustomerAddress>().Where(a => a.Normal == Mails.Lin).Select(a => a.CustomerId).SingleAsync(Ct));
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(t => t.CustomerId == lin, Ct)));
    }

    [Fact]
    public async Task A_reply_with_the_same_id_is_said_once()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("在吗");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        var id = Guid.CreateVersion7();

        for (var i = 0; i < 2; i++)
        {
            var replied = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket.Id, "在", Internal: false) { Once = id }, Ct);
            Assert.Equal(id, replied.Value);
        }

        Assert.Equal(2, await desk.ReadAsync(db => db.Set<Message>().CountAsync(Ct)));
    }

    [Fact]
    public async Task The_founder_sees_where_the_visitor_is_now_and_what_brought_them()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SendAsync(new { t = "say", id = "first-words", text = "在吗", context = new { page = "https://shop.example.com/cart", referrer = "https://search.example/", locale = "zh-CN" } });
        await widget.LineAsync("visitor");
        await widget.SendAsync(new { t = "say", id = "second-words", text = "付款失败了", context = new { page = "https://shop.example.com/pay", title = "付款", pages = new[] { "https://shop.example.com/cart" }, locale = "zh-CN" } });
        await widget.UntilAsync(f => f.GetProperty("t").GetString() == "line" && f.TryGetProperty("text", out var text) && text.GetString() == "付款失败了");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));

        var page = await desk.Desk().GetStringAsync(new Uri($"/inbox/all/{ticket.Number}", UriKind.Relative), Ct);

        foreach (var known in new[] { "https://shop.example.com/pay", "https://shop.example.com/cart", "https://search.example/" })
        {
            Assert.Contains(known, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_desk_shows_who_sits_there_and_what_was_said_as_text()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("<img src=x onerror=alert(1)>");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        using var founder = desk.Desk();

        var page = await founder.GetStringAsync(new Uri($"/inbox/all/{ticket.Number}", UriKind.Relative), Ct);

        Assert.Contains("data-chat-here=\"true\"", page, StringComparison.Ordinal);
        Assert.Contains("https://shop.example.com/cart", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_too_much_is_asked_to_wait_and_loses_nothing()
    {
        await using var desk = new DeskApp(with: WithoutBot.In);
        await using var widget = await TestWidget.OpenAsync(desk);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ok", (await widget.SayAsync($"第 {i} 句")).GetProperty("t").GetString());
        }

        System.Text.Json.JsonElement held = default;
        for (var i = 0; i < 30 && held.ValueKind == default; i++)
        {
            var answer = await widget.SayAsync("还有");
            held = answer.GetProperty("t").GetString() == "no" ? answer : default;
        }

        Assert.Equal("chat.too_many", held.GetProperty("code").GetString());
        Assert.InRange(held.GetProperty("wait").GetInt32(), 1, 2000);
    }

    [Fact]
    public async Task The_founder_typing_and_reading_reaches_the_visitor()
    {
        await using var desk = new DeskApp(realSignIn: true, with: WithoutBot.In);
        var founder = await desk.FoundAsync();
        await using var widget = await TestWidget.OpenAsync(desk);
        await widget.SayAsync("在吗");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));

        await founder.FillAsync("/settings/business", $"/chat/desk/{ticket.Number}/typing");
        Assert.Equal("周野", (await widget.UntilAsync("typing")).GetProperty("name").GetString());
        await founder.FillAsync("/settings/business", $"/chat/desk/{ticket.Number}/seen");
        Assert.Equal(1, (await widget.UntilAsync("read")).GetProperty("seq").GetInt64());
    }

    internal static async Task ReplyAsync(DeskApp desk, Guid ticket, string text)
        => Assert.True((await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket, text, Internal: false), Ct)).Ok);

    /// <summary>The visitor's socket is gone, and so is the time that is waited for them.</summary>
    private static async Task WhenLeftAsync(DeskApp desk, TestWidget widget)
    {
        var links = desk.Get<Solodesk.Chat.Protocol.ChatLinks>();
        for (var i = 0; links.Count > 0 && i < 400; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, Ct);
        }

        Assert.NotNull(widget);
        desk.Clock.Advance(TimeSpan.FromSeconds(new ChatSettings().MailAfterSeconds * 2));
    }
}
