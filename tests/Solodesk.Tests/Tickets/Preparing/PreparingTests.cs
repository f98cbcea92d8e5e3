using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Tickets.Writing;
using Solodesk.Tickets;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Tests.Tickets.Preparing;

public sealed class PreparingTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal) { ["customer.name"] = "林晓棠", ["customer.company"] = "", ["field.order_no"] = "A-17" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{{customer.name}}，你好", "林晓棠，你好")]
    [InlineData("{{ 客户姓名 }}，你好", "林晓棠，你好")]
    [InlineData("{{customer.company | 你们公司}}", "你们公司")]
    [InlineData("{{客户公司｜“你们”}}", "你们")]
    [InlineData("{{customer.company}}", "{{customer.company}}")]
    [InlineData("订单 {{field.order_no}}", "订单 A-17")]
    [InlineData("{{#if customer.company}}公司{{else}}个人{{/if}}", "个人")]
    [InlineData("{{#if customer.name}}有{{/if}}", "有")]
    [InlineData("{{constructor}} {{#each x}}{{/each}}", "{{constructor}} {{#each x}}{{/each}}")]
    [InlineData("没有闭合 {{customer.name", "没有闭合 {{customer.name")]
    [InlineData("{{customer.name}} <b> & \"引号\" {x}", "林晓棠 <b> & \"引号\" {x}")]
    [InlineData("{{{customer.name}}}", "{{{customer.name}}}")]
    public void A_template_is_filled_in_and_what_it_does_not_know_stays(string body, string filled) => Assert.Equal(filled, TemplateText.Fill(body, Values));

    [Fact]
    public void What_no_variable_is_called_is_refused_by_name()
    {
        Assert.Equal(["customer.secret", "#each x"], TemplateText.Unknown("{{customer.secret}} {{#each x}} {{客户姓名}} {{field.any_key}}"));
        Assert.Equal(["{{ticket.link}}"], TemplateText.Unresolved("看 {{ticket.link}}，代码是 {{ foo }}"));
        Assert.Equal(["{{客户名}}", "{{ customer.nmae | 朋友 }}"], TemplateText.Unresolved("你好 {{客户名}}，{{ customer.nmae | 朋友 }}：{{ user.客户 }}"));
    }

    [Fact]
    public async Task An_answer_with_a_variable_that_cannot_be_filled_is_held_and_one_that_can_is_filled()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var browser = new WebBrowser(desk, language: "zh");
        browser.With(TestSignIn.Header, $"{desk.Founder.Id}|{Uri.EscapeDataString(desk.Founder.Name)}|{desk.Founder.Role}|zh-Hans");
        var here = $"/inbox/mine/{opened.Number}";

        await browser.FillAsync(here, $"/inbox/{opened.Number}/reply", ("back", here), ("mode", "Reply"), ("markdown", "{{客户姓名}}，公司是 {{customer.company}}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("{{customer.company}} 还没填上", browser.Text, StringComparison.Ordinal);

        await browser.FillAsync(here, $"/inbox/{opened.Number}/reply", ("back", here), ("mode", "Reply"), ("markdown", "{{客户姓名}}，公司是 {{customer.company | 未填}}"));
        Assert.Equal("林晓棠，公司是 未填", (await desk.HeldAsync()).Single().Markdown);
    }

    [Fact]
    public async Task The_customers_language_chooses_the_variant_of_a_template_and_use_is_counted()
    {
        await using var desk = new DeskApp();
        var edit = desk.Get<EditTemplates>();
        await edit.SaveAsync(desk.Founder, null, new("到账", "{{客户姓名}}，已到账", "退款", "zh-Hans"), Ct);
        var english = await edit.SaveAsync(desk.Founder, null, new("到账", "{{customer.name}}, it is on its way", "退款", "en"), Ct);
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("Refund", "Where is it?", "api") { CustomerEmail = "g@example.com", CustomerName = "Grace", Language = "en" }, Ct);
        using var client = desk.Desk();

        var page = await client.GetStringAsync($"/inbox/mine/{opened.Value.Number}", Ct);
        Assert.Contains("data-template=\"Grace, it is on its way\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("已到账", page, StringComparison.Ordinal);

        var browser = new WebBrowser(desk);
        browser.With(TestSignIn.Header, $"{desk.Founder.Id}|{Uri.EscapeDataString(desk.Founder.Name)}|{desk.Founder.Role}|zh-Hans");
        await browser.FillAsync($"/inbox/mine/{opened.Value.Number}", $"/inbox/{opened.Value.Number}/reply", ("mode", "Reply"), ("markdown", "Grace, it is on its way"), ("template", english.Value.ToString()));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<Template>().Where(t => t.Id == english.Value).Select(t => t.UseCount).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Templates_stand_in_the_order_of_their_use_the_customers_language_first()
    {
        await using var desk = new DeskApp();
        var edit = desk.Get<EditTemplates>();
        var ids = new List<Guid>();
        foreach (var (name, language, uses) in ((string, string?, int)[])[("少用", "zh-Hans", 1), ("Thanks", "en", 20), ("常用", "zh-Hans", 3), ("通用", null, 9)])
        {
            var saved = await edit.SaveAsync(desk.Founder, null, new(name, name, "", language), Ct);
            ids.Add(saved.Value);
            await desk.ReadAsync(db => db.Set<Template>().Where(t => t.Id == saved.Value).ExecuteUpdateAsync(s => s.SetProperty(t => t.UseCount, uses), Ct));
        }

        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("退款", "到哪了？", "api") { CustomerEmail = "l@example.com", CustomerName = "林晓棠", Language = "zh-Hans" }, Ct);
        using var client = desk.Desk();
        var page = await client.GetStringAsync($"/inbox/mine/{opened.Value.Number}", Ct);

        Assert.Equal([ids[3], ids[2], ids[0], ids[1]], ids.OrderBy(id => page.IndexOf($"data-template-id=\"{id}\"", StringComparison.Ordinal)));
        Assert.All(ids, id => Assert.Contains($"data-template-id=\"{id}\"", page, StringComparison.Ordinal));
    }

    [Theory, InlineData("zh-Hans", "{{客户姓名}}"), InlineData("en", "{{customer.name}}")]
    public async Task Variables_are_offered_by_their_names_in_the_readers_language(string language, string name)
    {
        await using var desk = new DeskApp();
        using var client = desk.Desk(language);
        var page = await client.GetStringAsync("/settings/templates/new", Ct);
        Assert.Contains($"data-insert=\"{name}\"", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_macro_changes_and_answers_at_once_and_its_answer_can_be_taken_back()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var macro = await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("退款已到", 1, new()
        {
            Reply = "{{customer.name}}，退款已到账。",
            Note = "按规则退款",
            Status = TicketStatus.Solved,
            Priority = TicketPriority.High,
            AddTags = ["退款"],
        }), Ct);
        Assert.Equal("macro.key_taken", (await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("另一个", 1, new() { Note = "x" }), Ct)).Problem?.Code);

        var done = await desk.Get<RunMacro>().RunAsync(desk.Founder, opened.Id, macro.Value, "https://desk.example", null, Ct);

        Assert.True(done.Ok);
        Assert.Equal("林晓棠，退款已到账。", (await desk.HeldAsync()).Single().Markdown);
        Assert.Equal(TicketPriority.High, (await desk.TicketAsync(opened.Id)).Priority);
        await desk.PassAsync(TimeSpan.FromSeconds(8));
        var ticket = await desk.TicketAsync(opened.Id);
        Assert.Equal(TicketStatus.Solved, ticket.Status);
        Assert.Equal(["退款"], ticket.Tags);
        Assert.Equal(3, ticket.MessageCount);
        using var client = desk.Desk();
        Assert.Contains($"/macro/{macro.Value}", await client.GetStringAsync($"/inbox/all/{opened.Number}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_that_fits_best_stands_below_the_mail()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var edit = desk.Get<EditSignatures>();
        await edit.SaveAsync(desk.Founder, null, new("漂流笔记", null, null, null), Ct);
        await edit.SaveAsync(desk.Founder, null, new("Driftnote", null, null, "en"), Ct);
        await edit.SaveAsync(desk.Founder, null, new("**周野** · 漂流笔记", desk.Founder.Id, null, null), Ct);
        Assert.Equal("signature.taken", (await edit.SaveAsync(desk.Founder, null, new("再来", null, null, null), Ct)).Problem?.Code);
        Assert.Equal("forbidden", (await edit.SaveAsync(Holding.Second, null, new("不是我的", null, null, null), Ct)).Problem?.Code);

        var ours = await desk.AnswerAsync(first.TicketId);
        var mail = await ForwardTests.WrittenAsync(desk, ours.Id, mailbox);

        Assert.Contains("\n-- \n**周野** · 漂流笔记", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<strong>周野</strong>", mail.Html, StringComparison.Ordinal);
        using var client = desk.Desk();
        Assert.Contains("漂流笔记", await client.GetStringAsync("/settings/signatures", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_image_travels_inside_the_mail_and_shows_on_the_customers_page()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        using var bytes = new MemoryStream([0x89, 0x50, 0x4E, 0x47]);
        var file = (await desk.Get<KeepUpload>().RunAsync(desk.Founder, "shot.png", "image/png", bytes, Ct)).Value;

        var said = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value, $"看这里：\n\n![shot](/files/{file.Token}/shot.png)", Internal: false) { AttachmentIds = [file.Id] }, Ct);

        var mail = await ForwardTests.WrittenAsync(desk, said.Value, mailbox);
        Assert.Contains($"cid:{file.Token}@desk", mail.Html, StringComparison.Ordinal);
        Assert.Contains("[shot.png]", mail.Text, StringComparison.Ordinal);
        Assert.Equal($"{file.Token}@desk", Assert.Single(mail.Attachments).ContentId);
        var track = await desk.Visitor().GetStringAsync($"/track/{(await desk.TicketAsync(first.TicketId)).TrackingToken}", Ct);
        Assert.Contains($"src=\"/files/{file.Token}/shot.png\"", track, StringComparison.Ordinal);
    }
}
