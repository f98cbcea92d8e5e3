using System.Diagnostics;
using System.Runtime.CompilerServices;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>The server as a founder gets it: published once for all journeys, or found in the folder that SOLODESK_PUBLISHED names.</summary>
internal sealed class PublishedServer : IDisposable
{
    private const string Known = "SOLODESK_PUBLISHED";

    private readonly string _folder;
    private readonly bool _ours;

    private PublishedServer(string folder, bool ours) => (_folder, _ours) = (folder, ours);

    public string Program => Path.Combine(_folder, OperatingSystem.IsWindows() ? "solodesk.exe" : "solodesk");

    public static async Task<PublishedServer> FindAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Known) is { Length: > 0 } given)
        {
            var known = new PublishedServer(Path.GetFullPath(given), ours: false);
            return File.Exists(known.Program) ? known : throw new FileNotFoundException($"{Known} names a folder without the program", known.Program);
        }

        var folder = TestServers.NewFolder("publish");
        var start = new ProcessStartInfo("dotnet", ["publish", "src/Solodesk.Server", "-c", "Release", "-o", folder, "-v", "q", "-nologo", "-p:RunAnalyzers=false"])
        {
            WorkingDirectory = Repository(),
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync(ct);
        await publish.WaitForExitAsync(ct);
        return publish.ExitCode == 0 ? new PublishedServer(folder, ours: true) : throw new InvalidOperationException($"The server could not be published: {said}");
    }

    public void Dispose()
    {
        if (_ours)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>The folder that holds the client's packages, axe among them.</summary>
    public static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
