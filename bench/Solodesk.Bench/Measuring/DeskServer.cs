using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Solodesk.Bench.Databases;

namespace Solodesk.Bench.Measuring;

/// <summary>The published program as a process of its own.</summary>
internal sealed class DeskServer : IDisposable
{
    private readonly Process _process;
    private readonly long _started;
    private readonly Timer _watch;
    private long _mostOwn;

    private DeskServer(Process process, Uri address, long started)
    {
        _process = process;
        _started = started;
        Address = address;
        // The system keeps the peak of what is resident, but not of the process's own part of it.
        _watch = new Timer(_ => _mostOwn = Math.Max(_mostOwn, Own()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5));
    }

    public Uri Address { get; }

    /// <summary>Resident memory, now and at most so far.</summary>
    public (MemoryUse Now, MemoryUse Most) Memory
    {
        get
        {
            _process.Refresh();
            var own = Own();
            return (new MemoryUse(_process.WorkingSet64, own), new MemoryUse(_process.PeakWorkingSet64, Math.Max(_mostOwn, own)));
        }
    }

    /// <summary>Processor time since the start, of all threads.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What is resident and not mapped from program files (those the system shares and may drop); 0 where it does not say.</summary>
    private long Own()
    {
        try
        {
            return File.ReadLines($"/proc/{_process.Id}/status").Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal) || l.StartsWith("RssShmem:", StringComparison.Ordinal))
                .Sum(l => long.Parse(l.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    public static DeskServer Start(string folder, DeskAddress desk, int port)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var started = Stopwatch.GetTimestamp();
        var process = Launch(folder, desk, ["serve", "--data", desk.Folder, "--urls", address.ToString()]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new DeskServer(process, address, started);
    }

    /// <summary>Runs one command of the program and gives back what it printed.</summary>
    public static async Task<string> RunAsync(string folder, DeskAddress desk, string[] arguments, CancellationToken ct)
    {
        using var process = Launch(folder, desk, arguments);
        var printed = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        // The answer is the last line; what the log said stands before it.
        return process.ExitCode == 0 ? printed.Trim().Split('\n')[^1].Trim() : throw new InvalidOperationException($"solodesk {arguments[0]} ended with {process.ExitCode}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>From the start of the process until this page came with 200.</summary>
    public async Task<TimeSpan> UntilAsync(string page, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = Address };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), ct);
                await answer.Content.ReadAsByteArrayAsync(ct);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return Stopwatch.GetElapsedTime(_started);
                }
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(_started) < TimeSpan.FromMinutes(2))
            {
                // Nobody listens yet.
            }

            await Task.Delay(5, ct);
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Launch(string folder, DeskAddress desk, string[] arguments)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "solodesk.exe" : "solodesk");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in desk.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
    }
}
