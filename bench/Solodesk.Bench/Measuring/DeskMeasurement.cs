using Solodesk.Bench.Databases;
using Solodesk.Bench.Seeding;

namespace Solodesk.Bench.Measuring;

/// <summary>Measures one seeded desk, on a copy: what a run writes does not reach the next one.</summary>
internal sealed class DeskMeasurement(IDeskStore store, string server, BenchOptions options)
{
    private const string Copy = "run";
    private const int Starts = 5;

    public async Task<DeskFigures> RunAsync(int tickets, CancellationToken ct)
    {
        var desk = await SeedAsync(tickets, ct);
        await store.RemoveAsync(Copy, ct);
        await store.CopyAsync(desk, Copy, ct);
        try
        {
            return await MeasureAsync(tickets, ct);
        }
        finally
        {
            await store.RemoveAsync(Copy, ct);
        }
    }

    /// <summary>The desk of this size, made unless an earlier run has left it.</summary>
    private async Task<string> SeedAsync(int tickets, CancellationToken ct)
    {
        var desk = tickets.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (await store.ExistsAsync(desk, ct))
        {
            return desk;
        }

        var half = desk + "_half";
        Report.Say($"{store.Name}: seeding {tickets:N0} tickets");
        await store.RemoveAsync(half, ct);
        await store.CreateAsync(half, ct);
        // Any command brings the tables.
        await DeskServer.RunAsync(server, store.Address(half), ["token", "create", "--name", "seed", "--scopes", "tickets:read", "--data", store.Address(half).Folder], ct);
        var started = TimeProvider.System.GetTimestamp();
        using (var bulk = store.OpenBulk(half))
        {
            new Seeder(bulk, tickets, TimeProvider.System.GetUtcNow()).Run();
            bulk.Finish();
        }

        await store.RenameAsync(half, desk, ct);
        Report.Say($"{store.Name}: seeded in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:N0} s");
        return desk;
    }

    private async Task<DeskFigures> MeasureAsync(int tickets, CancellationToken ct)
    {
        var address = store.Address(Copy);
        var size = await store.SizeAsync(Copy, ct);
        var cursor = await store.CursorAsync(Copy, Seeder.Before + (tickets / 10), ct);
        var token = await DeskServer.RunAsync(server, address, ["token", "create", "--name", "bench", "--scopes", "tickets:read,tickets:write", "--data", address.Folder], ct);
        var port = DeskServer.FreePort();
        using var client = new DeskClient(new Uri($"http://127.0.0.1:{port}"), token);
        using (var first = DeskServer.Start(server, address, port))
        {
            await first.UntilAsync("/setup/account", ct);
            await client.FoundAsync(ct);
        }

        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            using var cold = DeskServer.Start(server, address, port);
            starts.Add((await cold.UntilAsync("/signin", ct)).TotalMilliseconds);
        }

        using var process = DeskServer.Start(server, address, port);
        await process.UntilAsync("/signin", ct);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        var idle = process.Memory.Now;
        var reading = Scenarios.Reading(client, tickets, cursor, options.Quick);
        var timings = await TakeAsync(reading, process, ct);
        var noise = await NoiseAsync(reading.First(s => s.Name == Scenarios.Noise), process, ct);
        var felt = await Feel.TakeAsync(process.Address, client, options.Quick ? 10 : 30);
        timings.AddRange(await TakeAsync(Scenarios.Creating(client, tickets, options.Quick), process, ct));
        var many = await client.ChangeManyAsync(await client.AddOldestAsync(ct), process, ct);
        return new DeskFigures(store.Name, tickets, timings, felt, Spread.Of(starts), noise, many, idle, process.Memory.Most, size);
    }

    // Round by round over all measures, so that a busy moment of the machine does not fall on one alone.
    private async Task<List<(string Name, Timing Timing)>> TakeAsync(IReadOnlyList<Scenario> all, DeskServer process, CancellationToken ct)
    {
        IReadOnlyList<Scenario> scenarios = [.. all.Where(s => options.Only is null || s.Name.Contains(options.Only, StringComparison.Ordinal))];
        foreach (var scenario in scenarios)
        {
            await Timing.TakeAsync(scenario, scenario.Requests, process, ct);
        }

        var rounds = scenarios.ToDictionary(s => s.Name, _ => new List<Timing>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var scenario in scenarios)
            {
                rounds[scenario.Name].Add(await Timing.TakeAsync(scenario, scenario.Requests, process, ct));
            }
        }

        return [.. scenarios.Select(s => (s.Name, Timing.Median(rounds[s.Name])))];
    }

    private static async Task<(Spread P50, Spread P95)> NoiseAsync(Scenario scenario, DeskServer process, CancellationToken ct)
    {
        var rounds = new List<Timing>();
        for (var i = 0; i < 5; i++)
        {
            rounds.Add(await Timing.TakeAsync(scenario, scenario.Requests, process, ct));
        }

        return (Spread.Of([.. rounds.Select(r => r.P50)]), Spread.Of([.. rounds.Select(r => r.P95)]));
    }
}
