using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Tickets;

namespace Solodesk.Tests.Search;

public sealed class FindTicketsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("退款", "charged")]
    [InlineData("款", "charged")]
    [InlineData("refunds", "charged")]
    [InlineData("扣了两次 refund", "charged")]
    [InlineData("\"被扣了两次\"", "charged")]
    [InlineData("#10002", "export")]
    [InlineData("status:open", "export charged")]
    [InlineData("状态:已解决", "invoice")]
    [InlineData("tag:billing", "invoice charged")]
    [InlineData("tag:billing -status:solved", "charged")]
    [InlineData("from:meikong", "charged")]
    [InlineData("from:苏慕", "charged")]
    [InlineData("invoice -2025", "")]
    [InlineData("priority:urgent", "export")]
    [InlineData("assignee:none export", "export")]
    [InlineData("assignee:Nobody.Of.This.Name", "")]
    [InlineData("before:2026-01-05 invoice", "")]
    [InlineData("after:yesterday 导出", "export")]
    [InlineData("after:today 导出", "")]
    [InlineData("channel:web", "export")]
    [InlineData("nothing of this kind", "")]
    public async Task Tickets_are_found_by_words_and_operators(string text, string expected)
    {
        await using var desk = new DeskApp();
        await FillAsync(desk);

        var found = await desk.Get<FindTickets>().RunAsync(desk.Founder, text, 20, null, snippets: true, Ct);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Items.Select(f => f.Row.Subject.Split(' ')[0]));
    }

    [Fact]
    public async Task A_result_shows_where_the_words_stand()
    {
        await using var desk = new DeskApp();
        await FillAsync(desk);

        var found = Assert.Single((await desk.Get<FindTickets>().RunAsync(desk.Founder, "两次 refund", 20, null, snippets: true, Ct)).Items);

        Assert.Contains("我被扣了两次", found.Snippet, StringComparison.Ordinal);
        Assert.Contains(new Highlight("两次 refund").Of(found.Snippet!), s => s is { Text: "两次", Hit: true });
        Assert.Contains(new Highlight("refunds").Of("We refunded it"), s => s is { Text: "refunded", Hit: true });
    }

    [Theory, InlineData("138-0013 8000"), InlineData("00138000"), InlineData("SU@meikong"), InlineData("苏"), InlineData("ｓｕ@")]
    public async Task Customers_are_found_by_name_address_and_digits(string text)
    {
        await using var desk = new DeskApp();
        await FillAsync(desk);
        await desk.Get<EditCustomer>().RunAsync(desk.Founder, new()
        {
            Id = (await desk.Get<ListCustomers>().RunAsync(new() { Query = "meikong" }, Ct)).Items[0].Id,
            Phones = ["+86 138 0013 8000"],
        }, Ct);

        Assert.Equal(["苏慕"], (await desk.Get<ListCustomers>().RunAsync(new() { Query = text }, Ct)).Items.Select(c => c.Name));
    }

    [Fact]
    public async Task A_word_is_found_by_its_beginning_however_many_words_begin_so()
    {
        await using var desk = new DeskApp();
        await FillAsync(desk);
        var names = Enumerable.Range(0, 300).Select(i => $"parcel{i:x3}");
        await desk.Get<DeskWriter>().RunAsync<Done>(async db =>
        {
            var tickets = await db.Set<Ticket>().OrderBy(t => t.Number).Select(t => t.Id).ToListAsync(Ct);
            await desk.Get<ISearchIndex>().AddAsync(db, tickets[0], null, string.Join(' ', names), Ct);
            foreach (var _ in Enumerable.Range(0, 20))
            {
                await desk.Get<ISearchIndex>().AddAsync(db, tickets[1], null, "pending parcel", Ct);
            }

            return Done.It;
        }, Ct);
        if (DeskApp.OnPostgres)
        {
            await desk.SqlAsync("ANALYZE \"SearchEntries\""); // From now on common words and rare ones are asked for in two ways.
        }

        foreach (var (typed, expected) in new[] { ("par", 2), ("parcel", 2), ("parcel1", 1), ("parcel12b", 1), ("pendi", 1), ("pending parc", 1), ("pending parcel1", 0), ("pa", 0), ("parcelx", 0) })
        {
            Assert.True(expected == (await desk.Get<FindTickets>().RunAsync(desk.Founder, typed, 20, null, snippets: false, Ct)).Items.Count, typed);
        }
    }

    [Fact]
    public async Task Customers_of_a_common_beginning_are_found_the_last_seen_first()
    {
        await using var desk = new DeskApp();
        var writer = desk.Get<DeskWriter>();
        var begun = TimeProvider.System.GetUtcNow().AddDays(-2);
        await writer.RunAsync<Done>(db =>
        {
            for (var i = 0; i < 1100; i++)
            {
                var customer = new Customer { Name = $"Lindqvist{i:0000} Maja", SeenAt = begun.AddSeconds(i), CreatedAt = begun };
                db.Add(customer);
            }

            return Task.FromResult<Result<Done>>(Done.It);
        }, Ct);

        var first = await desk.Get<ListCustomers>().RunAsync(new() { Query = "lindq", Size = 3 }, Ct);
        Assert.Equal(["Lindqvist1099 Maja", "Lindqvist1098 Maja", "Lindqvist1097 Maja"], first.Items.Select(c => c.Name));
        Assert.Equal("Lindqvist1096 Maja", (await desk.Get<ListCustomers>().RunAsync(new() { Query = "lindq", Size = 3, After = first.Next }, Ct)).Items[0].Name);
        Assert.Equal(["Lindqvist0007 Maja"], (await desk.Get<ListCustomers>().RunAsync(new() { Query = "maja lindqvist0007" }, Ct)).Items.Select(c => c.Name));
        Assert.Empty((await desk.Get<ListCustomers>().RunAsync(new() { Query = "lindx" }, Ct)).Items);
    }

    [Theory, InlineData("zh-Hans"), InlineData("en")]
    public async Task The_page_and_the_palette_answer_in_both_languages(string language)
    {
        await using var desk = new DeskApp();
        await FillAsync(desk);
        var founder = desk.Desk(language);

        foreach (var query in new[] { "", "退款", "templates", "模板", "status:open", "<script>", "\"", "-", "：", "%00" })
        {
            var page = await founder.GetAsync($"/search?q={Uri.EscapeDataString(query)}", Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await founder.GetAsync($"/palette?q={Uri.EscapeDataString(query)}", Ct)).StatusCode);
            Assert.DoesNotContain("<script>\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Contains("/settings/templates", await founder.GetStringAsync("/palette?q=模板", Ct), StringComparison.Ordinal);
        Assert.Contains("<mark>退款</mark>", await founder.GetStringAsync("/search?q=退款", Ct), StringComparison.Ordinal);
    }

    private static async Task FillAsync(DeskApp desk)
    {
        await OpenAsync(desk, new("charged twice", "我被扣了两次，请退款。Please refund me.", "email") { CustomerEmail = "su@meikong.example", CustomerName = "苏慕", Tags = ["billing"] });
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await OpenAsync(desk, new("export broken", "导出 fails", "web") { CustomerEmail = "ada@example.com", CustomerName = "Ada", Priority = TicketPriority.Urgent });
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var solved = await OpenAsync(desk, new("invoice of 2025", "Where is it?", "email") { CustomerEmail = "ada@example.com", CustomerName = "Ada", Tags = ["Billing"] });
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(solved) { Status = TicketStatus.Solved }, Ct);
    }

    private static async Task<Guid> OpenAsync(DeskApp desk, OpenTicket.Request request)
    {
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, request, Ct);
        Assert.True(opened.Ok, opened.Problem?.Code);
        return opened.Value.Id;
    }
}
