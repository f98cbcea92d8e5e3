using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Tickets;

/// <summary>Own fields of every kind from their declaration to a view that filters by them, as a person does it: with forms alone.</summary>
public sealed class OwnFieldsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A kind, what is filled in, how it reads in either language, and a condition that finds it and one that does not.</summary>
    public static TheoryData<CustomFieldKind, string[], string, string, string, string[], string[]> Kinds => new()
    {
        { CustomFieldKind.Text, ["Version 3.2 beta"], "Version 3.2 beta", "Version 3.2 beta", "contains", ["3.2 BETA"], ["4.0"] },
        { CustomFieldKind.Number, ["12.5"], "12.5", "12.5", "moreThan", ["12"], ["13"] },
        { CustomFieldKind.Date, ["2026-03-14"], "2026-03-14", "2026-03-14", "is", ["2026-03-14"], ["2026-03-15"] },
        { CustomFieldKind.Select, ["专业版"], "专业版", "专业版", "is", ["专业版"], ["免费版"] },
        { CustomFieldKind.MultiSelect, ["", "免费版", "团队版"], "免费版, 团队版", "免费版、团队版", "anyOf", ["团队版"], ["专业版"] },
        { CustomFieldKind.Checkbox, ["", "yes"], "yes", "是", "is", ["true"], ["false"] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_field_of_a_ticket_is_declared_filled_in_shown_and_filtered_by(CustomFieldKind kind, string[] typed, string english, string chinese, string op, string[] found, string[] missed)
    {
        await using var desk = new DeskApp();
        var page = new FormBrowser(desk.Desk("en"));
        var field = await DeclareAsync(desk, page, CustomFieldTarget.Ticket, kind);
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await ReplyToTicketTests.OpenAsync(desk); // Another without a value.

        await page.OpenAsync($"/inbox/all/{opened.Number}");
        Assert.Contains($"name=\"custom.{field.Key}\"", page.Text, StringComparison.Ordinal);
        await page.PostAsync($"/inbox/{opened.Number}/change", [("tags", ""), .. typed.Select(t => ($"custom.{field.Key}", t))]);
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        var value = string.Join('\n', typed.Where(t => t.Length > 0));
        Assert.Equal(value, (await TicketAsync(desk, opened.Number)).Custom[field.Key]);

        // It comes back in its control, and other fields that are saved leave it alone.
        await page.OpenAsync($"/inbox/all/{opened.Number}");
        Assert.Contains(Filled(kind, typed[^1]), page.Text, StringComparison.Ordinal);
        await page.PostAsync($"/inbox/{opened.Number}/change", ("priority", nameof(TicketPriority.High)));
        Assert.Equal(value, (await TicketAsync(desk, opened.Number)).Custom[field.Key]);

        var (hit, view) = await ViewAsync(page, field, op, kind, found);
        Assert.Contains($"/{opened.Number}\"", hit, StringComparison.Ordinal);
        Assert.Contains($">{english}<", Flat(hit), StringComparison.Ordinal);
        Assert.DoesNotContain($"/{opened.Number + 1}\"", hit, StringComparison.Ordinal);
        Assert.Contains($">{chinese}<", Flat(WebUtility.HtmlDecode(await desk.Desk().GetStringAsync(new Uri(view, UriKind.Relative), Ct))), StringComparison.Ordinal);
        Assert.DoesNotContain($"/{opened.Number}\"", (await ViewAsync(page, field, op, kind, missed)).Text, StringComparison.Ordinal);

        // Emptied in the form, it is gone.
        await page.OpenAsync($"/inbox/all/{opened.Number}");
        await page.PostAsync($"/inbox/{opened.Number}/change", ("tags", ""), ($"custom.{field.Key}", ""));
        Assert.DoesNotContain(field.Key, (await TicketAsync(desk, opened.Number)).Custom.Keys);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_field_of_a_customer_is_declared_filled_in_shown_and_filtered_by(CustomFieldKind kind, string[] typed, string english, string chinese, string op, string[] found, string[] missed)
    {
        await using var desk = new DeskApp();
        var page = new FormBrowser(desk.Desk("en"));
        var field = await DeclareAsync(desk, page, CustomFieldTarget.Customer, kind);
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var id = (await TicketAsync(desk, opened.Number)).CustomerId;

        await page.OpenAsync($"/customers/{id}");
        Assert.Contains($"name=\"custom.{field.Key}\"", page.Text, StringComparison.Ordinal);
        await page.PostAsync($"/customers/{id}", [("name", "林晓棠"), ("emails", "lin@example.com"), .. typed.Select(t => ($"custom.{field.Key}", t))]);
        Assert.Equal($"/customers/{id}", page.To);

        var value = string.Join('\n', typed.Where(t => t.Length > 0));
        Assert.Equal(value, await desk.ReadAsync(async db => (await db.Set<Customer>().SingleAsync(c => c.Id == id, Ct)).Attributes[field.Key]));
        foreach (var address in (string[])[$"/customers/{id}", $"/inbox/all/{opened.Number}"])
        {
            await page.OpenAsync(address);
            Assert.Contains($"<dd>{english}</dd>", Flat(page.Text), StringComparison.Ordinal);
            Assert.Contains($"<dd>{chinese}</dd>", Flat(WebUtility.HtmlDecode(await desk.Desk().GetStringAsync(new Uri(address, UriKind.Relative), Ct))), StringComparison.Ordinal);
        }

        await page.OpenAsync($"/customers/{id}");
        Assert.Contains(Filled(kind, typed[^1]), page.Text, StringComparison.Ordinal);
        Assert.Contains($"/{opened.Number}\"", (await ViewAsync(page, field, op, kind, found)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/{opened.Number}\"", (await ViewAsync(page, field, op, kind, missed)).Text, StringComparison.Ordinal);

        await page.OpenAsync($"/customers/{id}");
        await page.PostAsync($"/customers/{id}", ("name", "林晓棠"), ("emails", "lin@example.com"), ($"custom.{field.Key}", ""));
        Assert.Empty(await desk.ReadAsync(async db => (await db.Set<Customer>().SingleAsync(c => c.Id == id, Ct)).Attributes));
    }

    [Theory]
    [InlineData(CustomFieldKind.Number, "a dozen")]
    [InlineData(CustomFieldKind.Date, "14.3.2026")]
    [InlineData(CustomFieldKind.Select, "Gold")]
    [InlineData(CustomFieldKind.MultiSelect, "Gold")]
    [InlineData(CustomFieldKind.Checkbox, "maybe")]
    public async Task What_does_not_fit_a_field_is_refused_by_its_name(CustomFieldKind kind, string wrong)
    {
        await using var desk = new DeskApp();
        var page = new FormBrowser(desk.Desk("en"));
        var field = await DeclareAsync(desk, page, CustomFieldTarget.Ticket, kind);
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await page.OpenAsync($"/inbox/all/{opened.Number}");

        await page.PostAsync($"/inbox/{opened.Number}/change", ("tags", "new"), ($"custom.{field.Key}", wrong));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(wrong, page.Text, StringComparison.Ordinal);
        Assert.Contains(field.Label, page.Text, StringComparison.Ordinal);
        var ticket = await TicketAsync(desk, opened.Number);
        Assert.Empty(ticket.Custom);
        Assert.Empty(ticket.Tags);
    }

    private static Task<Ticket> TicketAsync(DeskApp desk, long number) => desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Number == number, Ct));

    private static async Task<CustomField> DeclareAsync(DeskApp desk, FormBrowser page, CustomFieldTarget target, CustomFieldKind kind)
    {
        await page.OpenAsync("/settings/fields");
        await page.PostAsync("/settings/fields", ("label", $"My {kind}"), ("target", target.ToString()), ("kind", kind.ToString()), ("options", "免费版\n专业版\n团队版"), ("key", ""));
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        await page.OpenAsync("/settings/fields");
        Assert.Contains($"value=\"My {kind}\"", page.Text, StringComparison.Ordinal);
        return await desk.ReadAsync(db => db.Set<CustomField>().AsNoTracking().SingleAsync(Ct));
    }

    /// <summary>Makes a view by its form, as the editor posts it, and opens it.</summary>
    private static async Task<(string Text, string Address)> ViewAsync(FormBrowser page, CustomField field, string op, CustomFieldKind kind, string[] values)
    {
        var name = $"{field.Target.ToString().ToLowerInvariant()}.custom.{field.Key}";
        await page.OpenAsync("/views/new");
        Assert.Contains($"value=\"{name}\"", page.Text, StringComparison.Ordinal);
        (string, string)[] asked = kind == CustomFieldKind.Date ? [("c.0.v", "day"), ("c.0.day", values[0])] : [.. values.Select(v => ("c.0.v", v))];
        await page.PostAsync("/views/new", [("name", string.Create(CultureInfo.InvariantCulture, $"By {values[0]}")), ("c.mode", "All"), ("c.0.is", "leaf"), ("c.0.was", name), ("c.0.field", name), ("c.0.op", op), .. asked,
            ("column", "subject"), ("column", field.Target == CustomFieldTarget.Ticket ? $"custom.{field.Key}" : "status"), ("sort", "lastMessage"), ("direction", "down"), ("do", "save")]);
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        var to = page.To!;
        await page.OpenAsync(to);
        return (page.Text, to);
    }

    private static string Filled(CustomFieldKind kind, string value) => kind switch
    {
        CustomFieldKind.Select => $"<option value=\"{value}\" selected",
        CustomFieldKind.MultiSelect or CustomFieldKind.Checkbox => $"value=\"{value}\" checked",
        _ => $"value=\"{value}\"",
    };

    private static string Flat(string page) => string.Join("", page.Split('\n').Select(l => l.Trim()));
}
