using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Conditions;
using Solodesk.Tickets;
using Solodesk.Views;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Tests.Views;

public sealed class ViewsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_shows_what_meets_its_condition_and_nothing_else()
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "Refund please", TicketPriority.Urgent);
        await OpenAsync(desk, "退款", TicketPriority.Low);
        var key = await SaveAsync(desk, new() { Name = "退款 refunds", Condition = new AnyOf([Condition.Where("ticket.subject", Op.Contains, "REFUND"), Condition.Where("ticket.priority", Op.Is, "high")]) });

        var shown = await ListAsync(desk, key);

        Assert.Equal(["Refund please"], shown.Rows.Select(r => r.Ticket.Row.Subject));
    }

    [Theory]
    [InlineData("X-Ticket")]
    [InlineData("X-Live")]
    public async Task Who_asks_for_the_ticket_alone_gets_it_without_the_list(string header)
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "Refund please");
        var number = await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Number).SingleAsync(Ct));
        var founder = desk.Desk("en");
        var whole = await founder.GetStringAsync(new Uri($"/inbox/mine/{number}", UriKind.Relative), Ct);
        founder.DefaultRequestHeaders.Add(header, "1");
        var alone = await founder.GetStringAsync(new Uri($"/inbox/mine/{number}", UriKind.Relative), Ct);

        foreach (var part in new[] { "id=\"talk\"", "id=\"panel\"", $"<title>#{number} Refund please" })
        {
            Assert.Contains(part, whole, StringComparison.Ordinal);
            Assert.Contains(part, alone, StringComparison.Ordinal);
        }

        Assert.Contains("id=\"list\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"list\"", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spam_stays_out_of_a_view_that_does_not_ask_for_it()
    {
        await using var desk = new DeskApp();
        var id = await OpenAsync(desk, "Win a prize");
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Spam = true }, Ct);
        var any = await SaveAsync(desk, new() { Name = "any", Condition = Condition.Where("ticket.subject", Op.Contains, "prize") });
        var spam = await SaveAsync(desk, new() { Name = "spam", Condition = new AllOf([Condition.Where("ticket.subject", Op.Contains, "prize"), Condition.Where("ticket.spam", Op.Is, true)]) });

        Assert.Empty((await ListAsync(desk, any)).Rows);
        Assert.Single((await ListAsync(desk, spam)).Rows);
    }

    [Theory]
    [InlineData("due", false), InlineData("due", true), InlineData("lastMessage", true), InlineData("number", false), InlineData("priority", true)]
    [InlineData("waiting", false), InlineData("status", false), InlineData("messages", true), InlineData("updated", true), InlineData("snoozed", false)]
    public async Task Pages_by_key_give_every_ticket_once_in_order(string sort, bool descending)
    {
        await using var desk = new DeskApp();
        var random = new Random(5);
        for (var i = 0; i < 30; i++)
        {
            var id = await OpenAsync(desk, $"{i}", (TicketPriority)random.Next(4));
            desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(3)));
            await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = random.Next(2) == 0 ? TicketStatus.Pending : null, SnoozeUntil = random.Next(4) == 0 ? desk.Clock.GetUtcNow().AddDays(1) : null }, Ct);
        }

        var condition = Condition.Where("ticket.queue", Op.AnyOf, "mine", "waiting", "snoozed");
        var query = await OpenAsync(desk, new View { Key = "x", Condition = condition.ToJson(), Sort = sort, Descending = descending, Group = "ticket.priority" });
        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);
        var whole = await query.PageAsync(db, s => s.Ticket.Number, null, 200, Ct);
        var paged = new List<long>();
        string? after = null;
        do
        {
            var page = await query.PageAsync(db, s => s.Ticket.Number, after, 7, Ct);
            paged.AddRange(page.Items.Select(i => i.Row));
            after = page.Next;
        }
        while (after is not null && paged.Count < 100);

        Assert.Equal(30, whole.Items.Count);
        Assert.Equal(whole.Items.Select(i => i.Row), paged);
        var keys = whole.Items.Select(i => i.Key(query.Sort)).ToList();
        Assert.Equal(keys.Order(Comparer<ViewCursor>.Create((a, b) => ViewOrder.Compare(a, b, descending))), keys);
    }

    [Fact]
    public async Task Grouped_lists_name_each_group_once()
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "a", TicketPriority.Low);
        await OpenAsync(desk, "b", TicketPriority.Urgent);
        await OpenAsync(desk, "c", TicketPriority.Urgent);
        var key = await SaveAsync(desk, new() { Name = "by priority", Condition = Condition.Where("ticket.queue", Op.Is, "mine"), Group = "ticket.priority", Sort = "number", Descending = false });

        var shown = await ListAsync(desk, key);

        Assert.Equal(["b", "c", "a"], shown.Rows.Select(r => r.Ticket.Row.Subject));
        Assert.Equal([true, false, true], shown.Rows.Select(r => r.Heading is not null));
    }

    [Fact]
    public async Task A_long_history_is_looked_through_in_stretches_and_nothing_is_lost()
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "needle in the past");
        for (var i = 0; i < 3; i++)
        {
            await OpenAsync(desk, "hay");
        }

        var template = await desk.ReadAsync(db => db.Set<Ticket>().OrderByDescending(t => t.Number).FirstAsync(Ct));
        await CopyAsync(desk, template, ViewQuery.Stretch + 20);
        var query = await OpenAsync(desk, new View { Key = "x", Condition = Condition.Where("ticket.subject", Op.Contains, "needle").ToJson() });
        await using var db = await desk.Get<IDbContextFactory<DeskDb>>().CreateDbContextAsync(Ct);

        var first = await query.PageAsync(db, s => s.Ticket.Subject, null, 50, Ct);
        var second = await query.PageAsync(db, s => s.Ticket.Subject, first.Next, 50, Ct);

        Assert.Empty(first.Items);
        Assert.NotNull(first.Next);
        Assert.Equal(["needle in the past"], second.Items.Select(i => i.Row));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task The_navigation_counts_work_in_hand_and_stops_at_a_hundred()
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "one");
        var template = await desk.ReadAsync(db => db.Set<Ticket>().FirstAsync(Ct));
        await CopyAsync(desk, template, 120);

        var counted = await desk.Get<CountViews>().RunAsync(desk.Founder, Ct);

        Assert.Equal("99+", counted.Single(c => c.View.Key == "mine").Text);
        Assert.Null(counted.Single(c => c.View.Key == "waiting").Text);
        Assert.Null(counted.Single(c => c.View.Key == "all").Count);
        Assert.DoesNotContain(counted, c => c.View.Key == "unassigned");
    }

    [Fact]
    public async Task A_view_of_ones_own_is_nobody_elses()
    {
        await using var desk = new DeskApp();
        var key = await SaveAsync(desk, new() { Name = "mine alone" });
        var other = new Actor(ActorKind.Agent, Guid.CreateVersion7(), "Ada", Role.Agent);

        Assert.Equal("view.not_found", (await desk.Get<OpenView>().RunAsync(other, new(key), Ct)).Problem?.Code);
        Assert.DoesNotContain(await desk.Get<ReadViews>().RunAsync(other, hidden: true, Ct), v => v.Key == key);
        Assert.Equal("view.shared", (await desk.Get<EditViews>().SaveAsync(other, new() { Key = "mine", Shared = true }, Ct)).Problem?.Code);
    }

    [Fact]
    public async Task A_condition_that_means_nothing_is_refused_by_name()
    {
        await using var desk = new DeskApp();

        var saved = await desk.Get<EditViews>().SaveAsync(desk.Founder, new() { Name = "x", Condition = Condition.Where("ticket.mood", Op.Is, "calm") }, Ct);

        Assert.Equal("view.condition", saved.Problem?.Code);
        Assert.Contains("ticket.mood", saved.Problem!.Values[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editor_works_without_scripts()
    {
        await using var desk = new DeskApp();
        var founder = desk.Desk("en");
        var browser = new FormBrowser(founder);

        await browser.OpenAsync("/views/new");
        await browser.PostAsync("/views/new", ("name", "Angry"), ("do", "add:c"), ("c.mode", "All"));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("c.0.field", browser.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Angry\"", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/views/new", ("name", "Angry"), ("do", "refresh"), ("c.mode", "Any"), ("c.0.is", "leaf"), ("c.0.was", "ticket.queue"), ("c.0.field", "ticket.created"));
        Assert.Contains("c.0.unit", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/views/new", ("name", "Angry"), ("do", "save"), ("c.mode", "All"), ("sort", "due"), ("direction", "up"),
            ("c.0.is", "leaf"), ("c.0.was", "ticket.created"), ("c.0.field", "ticket.created"), ("c.0.op", "withinLast"), ("c.0.v", "3"), ("c.0.unit", "Days"),
            ("c.1.is", "group"), ("c.1.mode", "None"), ("c.1.0.is", "leaf"), ("c.1.0.was", "ticket.tags"), ("c.1.0.field", "ticket.tags"), ("c.1.0.op", "anyOf"), ("c.1.0.v", "calm，happy"));

        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        var stored = await desk.ReadAsync(db => db.Set<View>().SingleAsync(v => v.Name == "Angry", Ct));
        Assert.Equal($"/inbox/{stored.Key}", browser.To);
        Assert.Equal(new AllOf([Condition.Where("ticket.created", Op.WithinLast, 3, SpanUnit.Days), new Not(new AnyOf([Condition.Where("ticket.tags", Op.AnyOf, "calm", "happy")]))]), stored.ReadCondition());
    }

    [Fact]
    public async Task A_step_that_was_typed_wrong_keeps_what_was_typed()
    {
        await using var desk = new DeskApp();
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync("/views/new");

        await browser.PostAsync("/views/new", ("name", "Old"), ("do", "save"), ("sort", "due"), ("c.0.is", "leaf"), ("c.0.was", "ticket.created"), ("c.0.field", "ticket.created"), ("c.0.op", "withinLast"), ("c.0.v", "many"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("value=\"Old\"", browser.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("zh-Hans"), InlineData("en")]
    public async Task Every_view_has_a_page_and_an_editor_in_both_languages(string language)
    {
        await using var desk = new DeskApp();
        await OpenAsync(desk, "Anything");
        var founder = desk.Desk(language);
        foreach (var view in await desk.Get<ReadViews>().RunAsync(desk.Founder, hidden: true, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, (await founder.GetAsync($"/inbox/{view.Key}", Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await founder.GetAsync($"/views/{view.Key}", Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await founder.GetAsync("/views", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await founder.GetAsync("/views/nothing", Ct)).StatusCode);
    }

    private static async Task<Guid> OpenAsync(DeskApp desk, string subject, TicketPriority priority = TicketPriority.Normal)
        => (await desk.Get<OpenTicket>().RunAsync(desk.Founder, new(subject, subject, "api") { CustomerEmail = "c@example.com", Priority = priority }, Ct)).Value.Id;

    private static async Task<string> SaveAsync(DeskApp desk, EditViews.Request request)
    {
        var saved = await desk.Get<EditViews>().SaveAsync(desk.Founder, request, Ct);
        Assert.True(saved.Ok, $"{saved.Problem?.Code} {string.Join(' ', saved.Problem?.Values ?? [])}");
        return saved.Value;
    }

    private static async Task<ShownView> ListAsync(DeskApp desk, string key)
    {
        var shown = await desk.Get<ListView>().RunAsync(desk.Founder, new(key), null, wide: true, Ct);
        Assert.True(shown.Ok, shown.Problem?.Code);
        return shown.Value;
    }

    private static async Task<ViewQuery> OpenAsync(DeskApp desk, View view)
    {
        var opened = await desk.Get<OpenView>().AskAsync(desk.Founder, view, new(view.Key), Ct);
        Assert.True(opened.Ok, $"{opened.Problem?.Code} {string.Join(' ', opened.Problem?.Values ?? [])}");
        return opened.Value;
    }

    // Many rows at once, as the history of years would be.
    private static Task<int> CopyAsync(DeskApp desk, Ticket template, int count) => desk.ReadAsync(async db =>
    {
        for (var i = 1; i <= count; i++)
        {
            var copy = new Ticket
            {
                Id = Guid.CreateVersion7(),
                Number = template.Number + i,
                Subject = template.Subject,
                CustomerId = template.CustomerId,
                Channel = template.Channel,
                TrackingToken = $"copy-{i}",
                CreatedAt = template.CreatedAt,
                LastMessageAt = template.LastMessageAt.AddSeconds(i),
            };
            db.Add(copy);
        }

        return await db.SaveChangesAsync(Ct);
    });
}
