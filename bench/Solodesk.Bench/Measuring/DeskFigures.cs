namespace Solodesk.Bench.Measuring;

/// <summary>All figures of one desk.</summary>
/// <param name="Timings">By measure, in order.</param>
/// <param name="Felt">By action, from the key until the screen shows it.</param>
/// <param name="FirstPage">Milliseconds from the start of the process to the first page: least, median, most.</param>
/// <param name="Noise">The same measure five times: least, median and most of its p50, then of its p95.</param>
/// <param name="Many">A change of a whole view of ten thousand.</param>
/// <param name="Idle">Memory after the first page and five seconds of rest.</param>
/// <param name="Loaded">The most memory over all measures.</param>
/// <param name="Size">Bytes of the database before the measures.</param>
internal sealed record DeskFigures(
    string Database, int Tickets, IReadOnlyList<(string Name, Timing Timing)> Timings, IReadOnlyList<Felt> Felt, Spread FirstPage, (Spread P50, Spread P95) Noise,
    ManyFigures Many, MemoryUse Idle, MemoryUse Loaded, long Size);

/// <summary>One change of many tickets.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Changed">How many a second.</param>
/// <param name="ChangedCpu">Milliseconds of processor time that the server spent for each.</param>
/// <param name="Undone">How many a second taken back.</param>
/// <param name="UndoneCpu">Milliseconds of processor time for each of those.</param>
internal sealed record ManyFigures(int Tickets, double Changed, double ChangedCpu, double Undone, double UndoneCpu);

/// <summary>Bytes of a process.</summary>
/// <param name="Resident">All that is in memory of it, program files that are mapped included.</param>
/// <param name="Own">Of that what is its own: data, compiled code, buffers.</param>
internal readonly record struct MemoryUse(long Resident, long Own);

internal sealed record Spread(double Least, double Median, double Most)
{
    public static Spread Of(IReadOnlyList<double> values) => new(values.Min(), Timing.Middle(values), values.Max());
}
