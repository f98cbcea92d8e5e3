using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Solodesk.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(IEnumerable<string> databases)
        => $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:N0} GB, {RuntimeInformation.OSDescription}; "
            + $"{RuntimeInformation.FrameworkDescription}; {string.Join("; ", databases)}. Client and server on the same machine.";

    /// <summary>How busy the machine is: processes that run or wait to, over the last minute; null where the system does not tell.</summary>
    public static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;

    public static async Task<string> PublishAsync(string folder, CancellationToken ct)
    {
        var target = Path.Combine(folder, "server");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "src/Solodesk.Server", "-c", "Release", "-v", "q", "-o", target]) { RedirectStandardOutput = true })!;
        var printed = await publish.StandardOutput.ReadToEndAsync(ct);
        await publish.WaitForExitAsync(ct);
        return publish.ExitCode == 0 ? target : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"dotnet publish ended with {publish.ExitCode}: {printed}"));
    }

    private static string Processor()
        => File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown processor"
            : RuntimeInformation.ProcessArchitecture.ToString();
}
