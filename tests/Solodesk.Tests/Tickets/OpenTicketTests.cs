using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Tickets;

namespace Solodesk.Tests.Tickets;

public sealed class OpenTicketTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_follow_each_other_however_many_come_at_once()
    {
        await using var desk = new DeskApp();

        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ReplyToTicketTests.OpenAsync(desk, $"第 {i} 张", $"c{i}@example.com")));

        Assert.Equal(12, opened.Select(o => o.Number).Distinct().Count());
        Assert.Equal(10001, opened.Min(o => o.Number));
        Assert.Equal(10012, opened.Max(o => o.Number));
    }

    [Fact]
    public async Task The_same_address_is_the_same_customer()
    {
        await using var desk = new DeskApp();

        await ReplyToTicketTests.OpenAsync(desk, "一");
        await ReplyToTicketTests.OpenAsync(desk, "二", "XiaoTang@Shiguang.example");

        var customer = await desk.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct));
        Assert.Equal(2, customer.TicketCount);
    }

    [Theory, InlineData("退款"), InlineData("款"), InlineData("refund"), InlineData("10001"), InlineData("meikong")]
    public async Task What_was_said_is_found_again(string query)
    {
        await using var desk = new DeskApp();
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder,
            new("两次扣款", "我被扣了两次，请退款。Please refund me.", "api") { CustomerEmail = "su@meikong.example", CustomerName = "苏慕" }, Ct);
        await ReplyToTicketTests.OpenAsync(desk);

        var found = await desk.ReadAsync(db => desk.Get<ISearchIndex>().FindAsync(db, query, 10, Ct));

        Assert.Equal([opened.Value.Id], found);
    }

    [Fact]
    public async Task A_ticket_without_an_address_is_refused_in_words()
    {
        await using var desk = new DeskApp();

        var result = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("", "正文", "api") { CustomerEmail = "not an address" }, Ct);

        Assert.Equal("customer.email_invalid", result.Problem?.Code);
        Assert.Equal("email", result.Problem?.Field);
    }
}
