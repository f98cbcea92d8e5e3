using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Writing;

public sealed class DraftTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_begun_is_there_when_the_page_is_opened_again()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);

        var saved = await desk.Get<SaveDraft>().RunAsync(desk.Founder, new(opened.Id, "写到一半") { Cc = ["boss@example.com"] }, Ct);

        Assert.Equal(1, saved.Value.Revision);
        using var browser = desk.Desk();
        var page = await browser.GetStringAsync($"/inbox/mine/{opened.Number}", Ct);
        Assert.Contains(">写到一半</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("boss@example.com", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_of_two_versions_wins_and_the_other_is_offered()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var save = desk.Get<SaveDraft>();
        await save.RunAsync(desk.Founder, new(opened.Id, "手机上写的"), Ct);

        var second = await save.RunAsync(desk.Founder, new(opened.Id, "电脑上写的"), Ct);

        Assert.Equal("手机上写的", second.Value.Other);
        Assert.Equal("电脑上写的", (await desk.DraftAsync(opened.Id))!.Markdown);
        await desk.Get<SwapDraft>().RunAsync(desk.Founder, opened.Id, take: true, Ct);
        var swapped = (await desk.DraftAsync(opened.Id))!;
        Assert.Equal(("手机上写的", "电脑上写的"), (swapped.Markdown, swapped.Other));
    }

    [Fact]
    public async Task Going_on_with_ones_own_version_makes_no_second_one()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var save = desk.Get<SaveDraft>();
        var first = await save.RunAsync(desk.Founder, new(opened.Id, "写"), Ct);
        var second = await save.RunAsync(desk.Founder, new(opened.Id, "写到") { Revision = first.Value.Revision }, Ct);

        Assert.Null(second.Value.Other);
        Assert.Equal(2, second.Value.Revision);
    }

    [Fact]
    public async Task Each_agent_has_a_draft_of_their_own_and_sending_ends_it()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<SaveDraft>().RunAsync(desk.Founder, new(opened.Id, "我的"), Ct);
        await desk.Get<SaveDraft>().RunAsync(Holding.Second, new(opened.Id, "她的"), Ct);

        await desk.HoldAsync(opened.Id, "我的");

        Assert.Null(await desk.DraftAsync(opened.Id));
        Assert.Equal("她的", (await desk.DraftAsync(opened.Id, Holding.Second))!.Markdown);
    }

    [Fact]
    public async Task An_emptied_field_ends_the_draft_but_not_one_that_another_window_wrote()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var save = desk.Get<SaveDraft>();
        await save.RunAsync(desk.Founder, new(opened.Id, "一"), Ct);
        await save.RunAsync(desk.Founder, new(opened.Id, "一二") { Revision = 1 }, Ct);

        await save.RunAsync(desk.Founder, new(opened.Id, "") { Revision = 1 }, Ct);
        Assert.Equal("一二", (await desk.DraftAsync(opened.Id))!.Markdown);
        await save.RunAsync(desk.Founder, new(opened.Id, "") { Revision = 2 }, Ct);
        Assert.Null(await desk.DraftAsync(opened.Id));
    }
}
