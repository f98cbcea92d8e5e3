using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Solodesk.Bench.Databases;

namespace Solodesk.Bench.Measuring;

/// <summary>The published program as a process of its own.</summary>
internal sealed class DeskServer : IDisposable
{
    private readonly Process _process;
    private readonly long _started;

    private DeskServer(Process process, Uri address, long started)
    {
        _process = process;
        _started = started;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Resident memory in bytes, now and at most so far.</summary>
    public (long Now, long Most) Memory
    {
        get
        {
            _process.Refresh();
            return (_process.WorkingSet64, _process.PeakWorkingSet64);
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
