using Microsoft.Playwright;

namespace Solodesk.Bench.Measuring;

/// <summary>One action by keyboard.</summary>
/// <param name="Action">What was done.</param>
/// <param name="P50">Milliseconds from the key until a frame showed what came of it, which half of the times kept under.</param>
/// <param name="P95">The same for 95 of 100.</param>
internal sealed record Felt(string Action, double P50, double P95);

/// <summary>
/// How the desk feels: a founder in Chromium presses a key, and the clock of the page runs from that key to the end of the frame in which
/// the screen shows what came of it. A frame is sixteen milliseconds, so the figures are coarse, and never too small.
/// </summary>
internal static class Feel
{
    private const string Chromium = "/usr/bin/chromium";

    // The key starts the clock, whatever has the focus; the screen is looked at once a frame.
    private const string Clock = """
        window.feel = until => new Promise((done, failed) => addEventListener('keydown', key => {
          const look = () => until() ? requestAnimationFrame(() => done(performance.now() - key.timeStamp))
            : performance.now() - key.timeStamp > 10000 ? failed(new Error('never: ' + until)) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        }, { capture: true, once: true }));
        """;

    private const string Open = "document.querySelector('#talk[data-number]')?.dataset.number";

    private const string Seen = ": asked for";

    private static readonly (string Key, string Name, string Seen, string Done)[] Actions =
    [
        ("j", "the next ticket (J)", $"(n => n && n !== {Open})(document.querySelector('.item.on')?.dataset.number) || {Open} !== before", $"{Open} !== before && document.querySelector('#composer')"),
        ("e", "solved, the next one open (E)", "document.querySelector('.item.going, .toast [data-undo]')", "document.querySelector('.toast [data-undo]')"),
        ("z", "taken back (Z)", "document.querySelector('.toast [aria-busy]') || !document.querySelector('.toast [data-undo]')", $"!document.querySelector('.toast [data-undo]') && {Open}"),
    ];

    public static async Task<IReadOnlyList<Felt>> TakeAsync(Uri desk, DeskClient founder, int times)
    {
        if (!File.Exists(Chromium))
        {
            Report.Say($"No {Chromium}: nothing is measured in a browser.");
            return [];
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var context = await browser.NewContextAsync(new() { BaseURL = desk.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(founder.Cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = desk.ToString() }));
        await context.AddInitScriptAsync(Clock);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/inbox/mine");
        await page.Locator("[data-list] [data-number]").First.WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Locator("#talk[data-number]").WaitForAsync();

        var taken = Actions.SelectMany(a => new[] { a.Name, a.Name + Seen }).ToDictionary(n => n, _ => new List<double>());
        for (var i = 0; i < times; i++)
        {
            foreach (var action in Actions)
            {
                // What is asked for is seen first, the answer after it.
                var both = await Task.WhenAll(WaitAsync(page, action.Seen), PressAsync(page, action.Key, action.Done));
                taken[action.Name + Seen].Add(both[0]);
                taken[action.Name].Add(both[1]);
            }
        }

        return [.. Actions.SelectMany(a => new[] { Of(a.Name + Seen, taken[a.Name + Seen]), Of(a.Name, taken[a.Name]) }), Of("results of a keystroke in the palette", await SearchAsync(page, times)),
            Of("a ticket that a program opens is announced in the open inbox: from its call", await AnnouncedAsync(page, founder, times))];
    }

    private static async Task<List<double>> SearchAsync(IPage page, int times)
    {
        var taken = new List<double>();
        var words = new[] { "refund", "退款", "invoice", "发票", "customer12" };
        for (var i = 0; taken.Count < times; i++)
        {
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Control+k");
            await page.Locator("#palette[open] input").WaitForAsync();
            await page.Keyboard.PressAsync("Delete");
            foreach (var letter in words[i % words.Length])
            {
                // Each answer replaces the rows, also where they are the same.
                await page.EvaluateAsync("() => { const mark = document.querySelector('#palette [data-results]').firstElementChild; if (mark) { mark.dataset.old = ''; } }");
                taken.Add(await PressAsync(page, letter.ToString(), "!document.querySelector('#palette [data-results] [data-old]') && document.querySelector('#palette [data-results]').childElementCount"));
            }
        }

        return taken;
    }

    /// <summary>Both ends read one clock: the program and the page run on one machine.</summary>
    private static async Task<List<double>> AnnouncedAsync(IPage page, DeskClient program, int times)
    {
        var taken = new List<double>();
        await page.GotoAsync("/inbox/all");
        // In a list that is worked in, what is new waits behind the pill.
        await page.Locator("[data-list]").HoverAsync();
        for (var i = 0; i < times; i++)
        {
            var seen = page.EvaluateAsync<double>("""
                () => new Promise(done => {
                  const look = () => document.querySelector('[data-pill]:not([hidden])') ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look);
                  look();
                })
                """);
            await page.EvaluateAsync("0");
            var called = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await program.CreateTicketAsync(1000, CancellationToken.None);
            taken.Add(await seen - called);
            await page.Keyboard.PressAsync(".");
            await page.Locator("[data-pill]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        }

        return taken;
    }

    private static async Task<double> PressAsync(IPage page, string key, string until)
    {
        var felt = WaitAsync(page, until);
        await page.EvaluateAsync("0");
        if (key.Length == 1 && key[0] > 127)
        {
            // No key of a keyboard makes it: as an input method does, a key first and then the character.
            await page.Keyboard.PressAsync("Shift");
            await page.Keyboard.InsertTextAsync(key);
        }
        else
        {
            await page.Keyboard.PressAsync(key);
        }

        return await felt;
    }

    private static Task<double> WaitAsync(IPage page, string until) => page.EvaluateAsync<double>($"() => {{ const before = {Open}; return feel(() => {until}); }}");

    private static Felt Of(string action, List<double> taken)
    {
        taken.Sort();
        return new Felt(action, taken[taken.Count / 2], taken[(int)(taken.Count * 0.95)]);
    }
}
