using System.Diagnostics;

namespace Solodesk.Bench.Measuring;

/// <summary>What one round of one measure gave.</summary>
/// <param name="P50">Milliseconds that half of the requests kept under.</param>
/// <param name="P95">Milliseconds that 95 of 100 kept under.</param>
/// <param name="PerSecond">Requests finished in a second.</param>
/// <param name="Cpu">Milliseconds of processor time that the server spent for one request, in all its threads.</param>
internal sealed record Timing(double P50, double P95, double PerSecond, double Cpu)
{
    /// <summary>The same call again and again by so many clients at once, each waiting for its answer.</summary>
    public static async Task<Timing> TakeAsync(Scenario scenario, int requests, DeskServer server, CancellationToken ct)
    {
        var taken = new double[requests];
        var next = -1;
        var before = server.Processor;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, scenario.AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < requests)
            {
                var from = Stopwatch.GetTimestamp();
                await scenario.Call(i, ct);
                taken[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(taken);
        return new Timing(taken[requests / 2], taken[(int)(requests * 0.95)], requests / seconds, (server.Processor - before).TotalMilliseconds / requests);
    }

    /// <summary>Each figure's median over the rounds.</summary>
    public static Timing Median(IReadOnlyList<Timing> rounds)
        => new(Middle(rounds.Select(r => r.P50)), Middle(rounds.Select(r => r.P95)), Middle(rounds.Select(r => r.PerSecond)), Middle(rounds.Select(r => r.Cpu)));

    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

/// <summary>One thing that is measured.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Requests">How many make a round.</param>
/// <param name="AtOnce">Clients that ask side by side.</param>
/// <param name="Call">The n-th request.</param>
internal sealed record Scenario(string Name, int Requests, int AtOnce, Func<int, CancellationToken, Task> Call);
