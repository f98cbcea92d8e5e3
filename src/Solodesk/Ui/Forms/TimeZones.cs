namespace Solodesk.Ui.Forms;

/// <summary>The zones to choose from: the region's well-known places, by their IANA names, with what the clock there is ahead of UTC.</summary>
internal static class TimeZones
{
    private static readonly string[] Regions = ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];

    private static readonly Lazy<IReadOnlyList<TimeZoneInfo>> Known = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Where(z => Regions.Any(r => z.Id.StartsWith(r, StringComparison.Ordinal)) || z.Id is "UTC").OrderBy(z => z.BaseUtcOffset).ThenBy(z => z.Id, StringComparer.Ordinal)]);

    public static IEnumerable<(string Value, string Label)> Options(TimeZoneInfo chosen)
        => (Known.Value.Any(z => z.Id == chosen.Id) ? Known.Value : [chosen, .. Known.Value]).Select(z => (z.Id, Label(z)));

    private static string Label(TimeZoneInfo zone)
    {
        var offset = zone.BaseUtcOffset;
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        return $"UTC{sign}{offset:hh\\:mm}  {zone.Id.Replace('_', ' ')}";
    }
}
