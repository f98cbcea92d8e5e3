namespace Solodesk.Eval;

/// <summary>Milliseconds per query.</summary>
internal static class Timing
{
    internal static object Of(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0
            ? new { mean = 0.0, p50 = 0.0, p95 = 0.0, p99 = 0.0 }
            : new { mean = Round(sorted.Average()), p50 = Round(sorted[sorted.Length / 2]), p95 = Round(sorted[(int)(sorted.Length * 0.95)]), p99 = Round(sorted[(int)(sorted.Length * 0.99)]) };
    }

    private static double Round(double value) => Math.Round(value, 3);
}
