using System.Globalization;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Chat;

/// <summary>
/// Two browsers talk while the network between is cut, or the server killed. Everything said is there once, in order, on both sides. The
/// visitor's browser runs the widget itself; the founder's posts the composer's form and posts it again, with the id it has, until it is answered.
/// </summary>
public sealed class NetworkTests(Theatre theatre, ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private static readonly int Cuts = Asked("SOLODESK_CHAT_CUTS", 200);
    private static readonly int Kills = Asked("SOLODESK_CHAT_KILLS", 10);
    private static readonly int Messages = Asked("SOLODESK_CHAT_MESSAGES", 2000);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static TimeProvider Clock => TimeProvider.System;

    [Fact]
    public async Task Sockets_cut_two_hundred_times_lose_and_double_nothing()
    {
        var random = new Random(Seed);
        await TalkAsync(Messages / 2, async (_, proxy) =>
        {
            var connections = 0;
            for (var cut = 0; cut < Cuts; cut++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 + random.Next(500)), Clock, Ct);
                connections += proxy.Cut();
            }

            output.WriteLine($"{Cuts} cuts, {connections} ends of connections reset");
        });
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_loses_and_doubles_nothing()
    {
        var random = new Random(Seed);
        await TalkAsync(Kills * 20, async (desk, _) =>
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(2500)), Clock, Ct);
                await desk.KillAsync();
                await desk.StartAsync(Ct);
            }

            output.WriteLine($"{Kills} kills");
        });
    }

    /// <param name="each">So much is said by each of the two at least; they talk on until the last disturbance is over.</param>
    private async Task TalkAsync(int each, Func<DeskServer, CuttingProxy, Task> disturbAsync)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(), more: ChatStage.NoLimits);
        await using var visitor = await theatre.NewVisitorAsync(founder.Desk, new Look());
        await using var proxy = new CuttingProxy(founder.Desk.Port);
        await using var site = new StrangeSite(proxy.Address);
        var inbox = founder.Page;
        var program = founder.Program;

        var shop = await visitor.NewPageAsync();
        await shop.GotoAsync(site.Address);
        await ChatStage.OpenAsync(shop);
        await ChatStage.SayAsync(shop, "v0");
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".me .bub:not(.wait)")).ToHaveTextAsync("v0");
        var ticket = await ChatStage.OnlyTicketAsync(program, Ct);
        await inbox.GotoAsync($"{proxy.Address}/inbox/all/{ticket}");

        var talking = Task.WhenAll(VisitorAsync(shop, each), FounderAsync(inbox, ticket, each));
        await disturbAsync(founder.Desk, proxy);
        await Task.WhenAll(new[] { shop, inbox }.Select(page => page.EvaluateAsync("() => { window.enough = true; }")));
        var said = await talking.WaitAsync(Patience, Clock, Ct);

        string[] expected = [.. Enumerable.Range(0, said[0] + 1).Select(i => $"v{i}"), .. Enumerable.Range(1, said[1]).Select(i => $"f{i}")];
        await shop.WaitForFunctionAsync("n => document.getElementById('solodesk').shadowRoot.querySelectorAll('.talk .bub:not(.wait)').length >= n", expected.Length, new() { Timeout = 120_000 });
        var seen = OfThePeople(await ChatStage.SeenByVisitorAsync(shop));
        var record = OfThePeople(await ChatStage.OnRecordAsync(program, ticket, Ct));

        InOrder(expected, record, "on record");
        InOrder(expected, seen, "before the visitor");
        Assert.Equal(record, seen);
        output.WriteLine($"{record.Count} messages once and in order on both sides");
    }

    private static Task<int> VisitorAsync(IPage shop, int each) => shop.EvaluateAsync<int>("""
        async each => {
          const root = document.getElementById('solodesk').shadowRoot;
          const field = root.querySelector('footer textarea');
          let said = 0;
          while (said < each || !window.enough) {
            const i = ++said;
            while (JSON.parse(localStorage.getItem('solodesk:outbox') ?? '[]').length > 5) { await new Promise(r => setTimeout(r, 10)); }
            field.value = `v${i}`;
            field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
          }
          while (localStorage.getItem('solodesk:outbox')) { await new Promise(r => setTimeout(r, 20)); }
          return said;
        }
        """, each);

    private static Task<int> FounderAsync(IPage inbox, long ticket, int each) => inbox.EvaluateAsync<int>("""
        async ([ticket, each]) => {
          const token = document.querySelector('meta[name=csrf]').content;
          let said = 0;
          while (said < each || !window.enough) {
            const i = ++said;
            const id = crypto.randomUUID();
            for (;;) {
              try {
                const answer = await fetch(`/inbox/${ticket}/reply`, { method: 'POST', redirect: 'manual', headers: { 'X-CSRF-Token': token }, body: new URLSearchParams({ id, markdown: `f${i}`, internal: 'false', status: 'Pending', back: '/' }) });
                if (answer.type === 'opaqueredirect' || answer.ok) { break; }
                if (answer.status < 500) { throw new Error(`f${i}: ${answer.status} ${(await answer.text()).slice(0, 300)}`); }
              } catch (e) {
                if (!(e instanceof TypeError)) { throw e; }
              }
              await new Promise(r => setTimeout(r, 50));
            }
          }
          return said;
        }
        """, new object[] { ticket.ToString(CultureInfo.InvariantCulture), each });

    // The bot may have had its turn before the founder's first answer reached the record.
    private static List<string> OfThePeople(IEnumerable<string> texts) => [.. texts.Where(t => t.Length > 1 && t[0] is 'v' or 'f' && char.IsAsciiDigit(t[1]))];

    private static void InOrder(IReadOnlyList<string> expected, IReadOnlyList<string> got, string where)
    {
        Assert.True(got.Distinct().Count() == got.Count, $"{where} twice: {string.Join(", ", got.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key))}");
        Assert.True(got.Count == expected.Count, $"{where} missing: {string.Join(", ", expected.Except(got))}; unexpected: {string.Join(", ", got.Except(expected))}");
        Assert.Equal(expected.Where(t => t[0] == 'v'), got.Where(t => t[0] == 'v'));
        Assert.Equal(expected.Where(t => t[0] == 'f'), got.Where(t => t[0] == 'f'));
    }

    private static int Asked(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var asked) ? asked : otherwise;
}
