using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>Keys that come faster than the answers: none is lost, and none does what was not meant.</summary>
public sealed class QuickKeysTests(Theatre theatre)
{
    // Milliseconds that an answer is held back: longer than a key takes.
    private const int Late = 400;

    private const string Frames = """
        () => {
          window.unmarked = 0;
          const look = () => {
            const open = document.querySelector('#talk[data-number]')?.dataset.number;
            const marked = [...document.querySelectorAll('.item.on')].map(i => i.dataset.number);
            if (open && document.querySelector(`.item[data-number="${open}"]`) && marked.length !== 1) { window.unmarked++; }
            requestAnimationFrame(look);
          };
          look();
        }
        """;

    private const string KeyAsTheListIsDrawn = """
        () => {
          const press = event => {
            if (event.detail.ctx.sourceElement?.id !== 'list') { return; }
            document.removeEventListener('htmx:before:swap', press);
            queueMicrotask(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true })));
          };
          document.addEventListener('htmx:before:swap', press);
          htmx.trigger(document.querySelector('#list'), 'refresh');
        }
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(90)]
    public async Task Every_J_and_K_counts_however_quickly_they_come(int gap)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        var rows = await OpenSomeAsync(founder, 7);

        await page.Keyboard.PressAsync("j");
        await ExpectOpenAsync(page, rows[0]);
        foreach (var (key, at) in new[] { ("j", 3), ("j", 6), ("k", 3), ("k", 0) })
        {
            for (var i = 0; i < 3; i++)
            {
                await page.Keyboard.PressAsync(key, new() { Delay = 0 });
                await page.WaitForTimeoutAsync(gap);
            }

            await ExpectOpenAsync(page, rows[at]);
        }
    }

    [Fact]
    public async Task The_open_ticket_stays_marked_while_its_list_is_drawn_anew_and_J_goes_on_from_it()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        var rows = await OpenSomeAsync(founder, 4);
        await page.GotoAsync($"/inbox/mine/{rows[1]}");
        await ExpectOpenAsync(page, rows[1]);
        await page.EvaluateAsync(Frames);

        await page.EvaluateAsync(KeyAsTheListIsDrawn);
        await ExpectOpenAsync(page, rows[2]);
        for (var i = 0; i < 5; i++)
        {
            await page.EvaluateAsync("() => htmx.trigger(document.querySelector('#list'), 'refresh')");
            await page.WaitForTimeoutAsync(Late / 2);
        }

        await ExpectOpenAsync(page, rows[2]);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.unmarked"));
        Assert.Equal("true", await page.Locator(".item.on a").GetAttributeAsync("aria-current"));
    }

    [Fact]
    public async Task A_key_on_the_heels_of_a_change_means_what_comes_of_it()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(), goesOn: true);
        var page = founder.Page;
        var rows = await OpenSomeAsync(founder, 4);
        await page.GotoAsync($"/inbox/mine/{rows[0]}");
        await ExpectOpenAsync(page, rows[0]);
        await page.Keyboard.PressAsync("e");
        await ExpectOpenAsync(page, rows[1]);
        await Assertions.Expect(page.Locator(".toast [data-undo]")).ToBeVisibleAsync();
        var ct = TestContext.Current.CancellationToken; // The browser calls back from the test that opened it first.
        await page.RouteAsync("**/change", async route =>
        {
            await Task.Delay(Late, ct);
            await route.ContinueAsync();
        });

        // Z takes back what E did, and not what was done before: that is what can be taken back now.
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator($".item[data-number='{rows[1]}']:not(.going)")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync($"#{rows[0]} ");
        await ExpectOpenAsync(page, rows[1]);
        Assert.Contains("\"status\":\"new\"", await founder.StateAsync(rows[1]), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"solved\"", await founder.StateAsync(rows[0]), StringComparison.Ordinal);

        // The next ticket is what J asks for as well: none is passed over unseen, and the way back is there.
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("j");
        await ExpectOpenAsync(page, rows[2]);
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync($"#{rows[1]} ");
    }

    /// <returns>The numbers of the new tickets as the list shows them.</returns>
    private static async Task<long[]> OpenSomeAsync(Founder founder, int tickets)
    {
        for (var i = 0; i < tickets; i++)
        {
            await founder.OpenAsync($"第 {i + 1} 件事");
        }

        await founder.Page.GotoAsync("/inbox/mine");
        var rows = founder.Page.Locator("[data-list] .item[data-number]");
        await Assertions.Expect(rows).ToHaveCountAsync(tickets);
        return await rows.EvaluateAllAsync<long[]>("rows => rows.map(r => +r.dataset.number)");
    }

    private static async Task ExpectOpenAsync(IPage page, long number)
    {
        await Assertions.Expect(page.Locator($"#talk[data-number='{number}'] #composer")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".item.on")).ToHaveAttributeAsync("data-number", $"{number}");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/inbox/mine/{number}$"));
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.Locator($"#talk[data-number='{number}']")).ToBeVisibleAsync();
    }
}
