using System.Globalization;
using System.Text;
using Solodesk.Bench.Measuring;

namespace Solodesk.Bench;

/// <summary>Writes the figures as Markdown.</summary>
internal static class Report
{
    /// <summary>Progress goes beside the table, which can then be kept by itself.</summary>
    public static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public static string Write(string about, IReadOnlyList<DeskFigures> desks)
    {
        var text = new StringBuilder();
        Line(text, $"{about}");
        foreach (var database in desks.GroupBy(d => d.Database))
        {
            WriteDatabase(text, database.Key, [.. database.OrderBy(d => d.Tickets)]);
        }

        return text.ToString();
    }

    private static void WriteDatabase(StringBuilder text, string name, IReadOnlyList<DeskFigures> desks)
    {
        var grows = desks.Count > 1;
        Line(text, $"\n### {name}\n");
        Line(text, $"| Milliseconds | {string.Join(" | ", desks.Select(d => Number($"{d.Tickets:N0}: p50 | p95 | requests/s | CPU")))} |{(grows ? " p50 grows by |" : "")}");
        Line(text, $"|---|{string.Concat(desks.Select(_ => "--:|--:|--:|--:|"))}{(grows ? "--:|" : "")}");
        for (var i = 0; i < desks[0].Timings.Count; i++)
        {
            var row = desks.Select(d => d.Timings[i].Timing).ToList();
            Line(text, $"| {desks[0].Timings[i].Name} | {string.Join(" | ", row.Select(t => Number($"{t.P50:N1} | {t.P95:N1} | {t.PerSecond:N0} | {t.Cpu:N1}")))} |{(grows ? Number($" {row[^1].P50 / row[0].P50:N2} × |") : "")}");
        }

        Line(text, $"\n| | {string.Join(" | ", desks.Select(d => Number($"{d.Tickets:N0} tickets")))} |");
        Line(text, $"|---|{string.Concat(desks.Select(_ => "--:|"))}");
        foreach (var action in desks[0].Felt.Select(f => f.Action))
        {
            Row(text, desks, $"in the browser, until the screen shows it: {action}, ms (p50 / p95)", d => d.Felt.FirstOrDefault(f => f.Action == action) is { } felt ? Number($"{felt.P50:N0} / {felt.P95:N0}") : "–");
        }

        Row(text, desks, "first page after the start of the process, ms (least / median / most of 5)", d => Number($"{d.FirstPage.Least:N0} / {d.FirstPage.Median:N0} / {d.FirstPage.Most:N0}"));
        Row(text, desks, "memory idle, MB: resident / of it not mapped from program files", d => Megabytes(d.Idle));
        Row(text, desks, "memory under load, most, MB: resident / not mapped from program files", d => Megabytes(d.Loaded));
        Row(text, desks, "database, MB", d => Number($"{d.Size / 1048576.0:N0}"));
        Row(text, desks, "a view of the oldest 10,000 labelled at once: tickets / a second / a second taken back", d => Number($"{d.Many.Tickets:N0} / {d.Many.Changed:N0} / {d.Many.Undone:N0}"));
        Row(text, desks, "processor time for each: labelled / taken back, ms", d => Number($"{d.Many.ChangedCpu:N2} / {d.Many.UndoneCpu:N2}"));
        Row(text, desks, "noise: p50 of the inbox page, 5 times, ms", d => Number($"{d.Noise.P50.Least:N1} / {d.Noise.P50.Median:N1} / {d.Noise.P50.Most:N1}"));
        Row(text, desks, "noise: p95 of the inbox page, 5 times, ms", d => Number($"{d.Noise.P95.Least:N1} / {d.Noise.P95.Median:N1} / {d.Noise.P95.Most:N1}"));
    }

    private static void Row(StringBuilder text, IReadOnlyList<DeskFigures> desks, string name, Func<DeskFigures, string> value)
        => Line(text, $"| {name} | {string.Join(" | ", desks.Select(value))} |");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Megabytes(MemoryUse use) => Number($"{use.Resident / 1048576.0:N0} / {use.Own / 1048576.0:N0}");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
