using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Setup;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;

namespace Solodesk.Tests.Setup;

/// <summary>Every step of the set-up may be passed over, each by itself and all together: what comes out is a desk that works.</summary>
public sealed class SkippedStepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Steps
    {
        get
        {
            var steps = new TheoryData<string, string>();
            foreach (var step in (string[])[.. SetupStep.All.Skip(1), "all", "later"])
            {
                steps.Add(step, "en");
                steps.Add(step, "zh-Hans");
            }

            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Passing_over_a_step_leads_to_a_desk_that_works(string skipped, string language)
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = new WebBrowser(app, language: language);
        await founder.FillAsync("/setup/account", "/setup/account", ("name", "周野"), ("email", Founders.Email), ("password", Founders.Password));
        foreach (var step in SetupStep.All.Skip(1).TakeWhile(_ => skipped != "later"))
        {
            Assert.Equal($"/setup/{step}", (await founder.OpenAsync("/setup")).To);
            await founder.OpenAsync($"/setup/{step}");
            // A mailbox needs servers that answer; what connecting one does has tests of its own.
            var passes = skipped == "all" || skipped == step || step == SetupStep.Mailbox;
            await (passes ? founder.PostAsync($"/setup/{step}/skip") : founder.PostAsync($"/setup/{step}", Filled(step, language)));
            Assert.Equal((HttpStatusCode.Redirect, "/setup"), (founder.Status, founder.To));
        }

        if (skipped == "later")
        {
            await founder.FillAsync("/setup/business", "/setup/later");
        }
        else
        {
            await founder.OpenAsync("/setup");
        }

        Assert.Equal("/", founder.To);
        await WorksAsync(app, founder);

        var business = await app.Get<Settings>().ReadAsync<BusinessSettings>(Ct);
        var promise = await app.Get<Settings>().ReadAsync<PromiseSettings>(Ct);
        Assert.True(business.SetUp);
        Assert.Equal(language, business.Language);
        Assert.NotEmpty(business.Name);
        Assert.True(business.Hours.Between(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero)) > TimeSpan.FromHours(30));
        Assert.True(promise is { Enabled: true, FirstResponseHours: > 0, ResolutionHours: > 0 });
        Assert.Equal(skipped is SetupStep.Industry or "all" or "later" ? "" : "saas", business.Industry);
    }

    /// <summary>A customer writes, the founder finds it with its promise and answers; the settings of what was passed over are open.</summary>
    private static async Task WorksAsync(DeskApp app, WebBrowser founder)
    {
        var visitor = app.Visitor();
        var page = await visitor.PageAsync("/contact");
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        using var sent = await visitor.SubmitAsync(page, "/contact", [("name", "Lin"), ("email", "lin@example.com"), ("subject", "Three notes"), ("message", "Three notes are gone.")]);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var ticket = await app.ReadAsync(db => db.Set<Ticket>().AsNoTracking().SingleAsync(Ct));
        Assert.True(ticket.FirstResponseDueAt > app.Clock.GetUtcNow());

        Assert.Contains("Three notes", (await founder.OpenAsync("/")).Text, StringComparison.Ordinal);
        var here = $"/inbox/mine/{ticket.Number}";
        await founder.FillAsync(here, $"/inbox/{ticket.Number}/reply", ("back", here), ("mode", "Reply"), ("markdown", "They are back."));
        Assert.Equal(HttpStatusCode.Redirect, founder.Status);
        foreach (var address in (string[])["/inbox", "/customers", "/knowledge", "/settings/business", "/settings/promises", "/settings/channels", "/settings/categories", "/settings/templates"])
        {
            Assert.Equal(HttpStatusCode.OK, (await founder.OpenAsync(address) is { Status: HttpStatusCode.Redirect, To: { } to } ? await founder.OpenAsync(to) : founder).Status);
        }
    }

    private static (string, string)[] Filled(string step, string language) => step switch
    {
        SetupStep.Business => [("name", "Driftnote"), ("language", language), ("zone", "Asia/Shanghai"), .. new[] { "mon", "tue", "wed", "thu", "fri" }.Select(d => ($"hours-{d}", "9-18"))],
        SetupStep.Industry => [("industry", "saas")],
        _ => [("enabled", "on"), ("first", "4"), ("resolution", "16")],
    };
}
