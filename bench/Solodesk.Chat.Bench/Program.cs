using System.Diagnostics;
using System.Globalization;
using Solodesk.Chat.Bench;

if (Options.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(Options.Usage);
    return 2;
}

var ct = CancellationToken.None;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var desk = new Desk(options.Server);
await desk.ReadyAsync(ct);
var load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", ct)).Split(' ')[0] : "unknown";

// One widget first, so that what starts once is not counted as the visitors'.
await using var first = new Widget();
await first.OpenAsync(desk.Address, null, ct);
await Task.Delay(TimeSpan.FromSeconds(5), ct);
var before = desk.Resident;

var idle = new List<Widget>();
using var closing = new CancellationTokenSource();
var beating = BeatAsync(idle, closing.Token);
var opening = Stopwatch.StartNew();
var quiet = options.Visitors - (2 * options.Talkers);
foreach (var group in Enumerable.Range(0, quiet).Chunk(50))
{
    var widgets = group.Select(_ => new Widget()).ToList();
    await Task.WhenAll(widgets.Select(w => w.OpenAsync(desk.Address, null, ct)));
    lock (idle)
    {
        idle.AddRange(widgets);
    }
}

Console.WriteLine($"{idle.Count} idle widgets open after {opening.Elapsed.TotalSeconds:0.0} s");
await Task.Delay(TimeSpan.FromSeconds(15), ct);
var after = desk.Resident;
Console.WriteLine($"resident: {before / 1048576.0:0.0} MB before, {after / 1048576.0:0.0} MB with them: {(after - before) / 1024.0 / idle.Count:0.0} KB for each");

var talkers = new List<(Widget Says, Widget Hears)>();
foreach (var group in Enumerable.Range(0, options.Talkers).Chunk(25))
{
    var pairs = await Task.WhenAll(group.Select(async _ =>
    {
        var (says, hears) = (new Widget(), new Widget());
        var token = await says.OpenAsync(desk.Address, null, ct);
        await says.SayAsync("opening-0", "The first words open a ticket", ct);
        await hears.OpenAsync(desk.Address, token, ct);
        return (says, hears);
    }));
    talkers.AddRange(pairs);
}

while (talkers.Any(t => !t.Hears.Arrived.ContainsKey("opening-0")))
{
    await Task.Delay(100, ct);
}

Console.WriteLine($"{options.Visitors} widgets open, {options.Talkers} of their visitors talk; {options.Rate} messages a second for {options.Length.TotalSeconds:0} s");
var sent = new List<(int Talker, string Id, long At)>();
var processor = desk.Processor;
var running = Stopwatch.StartNew();
for (var n = 0; running.Elapsed < options.Length; n++)
{
    var due = TimeSpan.FromSeconds((double)n / options.Rate);
    if (due > running.Elapsed)
    {
        await Task.Delay(due - running.Elapsed, ct);
    }

    var talker = n % talkers.Count;
    var id = $"message-{n}";
    sent.Add((talker, id, Stopwatch.GetTimestamp()));
    await talkers[talker].Says.SayAsync(id, $"Message {n}: when will notebook 01 be there again? 补货了吗", ct);
}

var sending = running.Elapsed;
var waiting = Stopwatch.StartNew();
while (sent.Any(m => !talkers[m.Talker].Hears.Arrived.ContainsKey(m.Id)) && waiting.Elapsed < TimeSpan.FromSeconds(60))
{
    await Task.Delay(100, ct);
}

var used = desk.Processor - processor;
var delivered = sent.Where(m => talkers[m.Talker].Hears.Arrived.ContainsKey(m.Id)).Select(m => Stopwatch.GetElapsedTime(m.At, talkers[m.Talker].Hears.Arrived[m.Id]).TotalMilliseconds).Order().ToList();
var taken = sent.Where(m => talkers[m.Talker].Says.Taken.ContainsKey(m.Id)).Select(m => Stopwatch.GetElapsedTime(m.At, talkers[m.Talker].Says.Taken[m.Id]).TotalMilliseconds).Order().ToList();
Console.WriteLine($"sent {sent.Count} in {sending.TotalSeconds:0.0} s ({sent.Count / sending.TotalSeconds:0} a second), delivered {delivered.Count}, refused {talkers.Sum(t => t.Says.Refused)}");
Console.WriteLine($"delivered to the other window, ms: p50 {At(delivered, .5):0.0}, p95 {At(delivered, .95):0.0}, p99 {At(delivered, .99):0.0}, most {delivered.LastOrDefault():0.0}");
// A server that has just started is still compiling: the first seconds say what its first visitors meet, the others what it carries.
var spans = sent.Where(m => talkers[m.Talker].Hears.Arrived.ContainsKey(m.Id)).GroupBy(m => (int)(Stopwatch.GetElapsedTime(sent[0].At, m.At).TotalSeconds / 10)).OrderBy(g => g.Key)
    .Select(g => At([.. g.Select(m => Stopwatch.GetElapsedTime(m.At, talkers[m.Talker].Hears.Arrived[m.Id]).TotalMilliseconds).Order()], .95));
Console.WriteLine($"p95 of each ten seconds, ms: {string.Join(", ", spans.Select(s => s.ToString("0", CultureInfo.InvariantCulture)))}");
Console.WriteLine($"answered as on disk, ms: p50 {At(taken, .5):0.0}, p95 {At(taken, .95):0.0}, p99 {At(taken, .99):0.0}");
Console.WriteLine($"server: {used.TotalSeconds / running.Elapsed.TotalSeconds * 100:0} % of one core, resident {desk.Resident / 1048576.0:0.0} MB");
Console.WriteLine($"{Environment.ProcessorCount} cores, load average {load} before, {(File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", ct)).Split(' ')[0] : "unknown")} after; client and server on the same machine");
await closing.CancelAsync();
await beating;
return delivered.Count == sent.Count ? 0 : 1;

// As a widget does: a word every 45 seconds, or the desk takes it for gone.
static async Task BeatAsync(List<Widget> idle, CancellationToken ct)
{
    try
    {
        for (var next = 0; ; next++)
        {
            Widget? widget;
            int count;
            lock (idle)
            {
                count = idle.Count;
                widget = count == 0 ? null : idle[next % count];
            }

            await Task.Delay(TimeSpan.FromSeconds(45.0 / Math.Max(count, 45)), ct);
            if (widget is not null)
            {
                await widget.BeatAsync(ct);
            }
        }
    }
    catch (OperationCanceledException)
    {
        // Measured.
    }
}

static double At(List<double> ordered, double share) => ordered.Count == 0 ? double.NaN : ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * share))];
